package vn.luot.admin;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class LoggedHitsIT extends LoggedHitsTest {}
