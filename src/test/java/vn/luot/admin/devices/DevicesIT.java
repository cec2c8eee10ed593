package vn.luot.admin.devices;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class DevicesIT extends DevicesTest {}
