package vn.luot.admin.turn;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class TurnsIT extends TurnsTest {}
