package vn.luot.attack;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class OriginMatrixIT extends OriginMatrixTest {}
