package vn.luot.openapi;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class AttackIT extends AttackTest {}
