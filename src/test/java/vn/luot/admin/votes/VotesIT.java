package vn.luot.admin.votes;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class VotesIT extends VotesTest {}
