package vn.luot.admin.referrers;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class ReferrersIT extends ReferrersTest {}
