package vn.luot.admin.quarantine;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class QuarantineIT extends QuarantineTest {}
