package vn.luot.hit;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class SendersIT extends SendersTest {}
