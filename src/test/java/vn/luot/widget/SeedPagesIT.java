package vn.luot.widget;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same with the packaged application. */
@QuarkusIntegrationTest
class SeedPagesIT extends SeedPagesTest {}
