package vn.luot.admin.series;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class SeriesIT extends SeriesTest {}
