package vn.luot.hit;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class HitIT extends HitTest {}
