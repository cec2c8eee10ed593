package vn.luot.site;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class PublicDoorIT extends PublicDoorTest {}
