package vn.luot.admin.export;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class ExportIT extends ExportTest {}
