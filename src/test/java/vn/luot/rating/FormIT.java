package vn.luot.rating;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class FormIT extends FormTest {}
