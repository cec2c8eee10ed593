package vn.luot.hit.batch;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class HitIT extends HitTest {}
