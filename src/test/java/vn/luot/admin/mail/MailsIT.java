package vn.luot.admin.mail;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class MailsIT extends MailsTest {}
