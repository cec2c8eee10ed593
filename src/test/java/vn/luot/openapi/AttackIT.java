package vn.luot.openapi;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class AttackIT extends AttackTest {
  /** The packaged application differs in how it is built, not in what it checks. */
  @Override
  int requests() {
    return 3_000;
  }
}
