package vn.luot.admin.refusals;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class RefusedOriginsIT extends RefusedOriginsTest {}
