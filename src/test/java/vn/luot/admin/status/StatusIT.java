package vn.luot.admin.status;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class StatusIT extends StatusTest {}
