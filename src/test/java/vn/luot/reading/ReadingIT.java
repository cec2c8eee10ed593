package vn.luot.reading;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class ReadingIT extends ReadingTest {}
