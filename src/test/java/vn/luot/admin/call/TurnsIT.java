package vn.luot.admin.call;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class TurnsIT extends TurnsTest {}
