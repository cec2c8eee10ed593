package vn.luot.admin.access;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class OwnersBodiesIT extends OwnersBodiesTest {}
