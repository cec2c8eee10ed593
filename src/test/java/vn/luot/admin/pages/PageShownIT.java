package vn.luot.admin.pages;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class PageShownIT extends PageShownTest {}
