package vn.luot.admin.visitors;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class ReferrersIT extends ReferrersTest {}
