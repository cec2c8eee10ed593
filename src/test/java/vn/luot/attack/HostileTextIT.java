package vn.luot.attack;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class HostileTextIT extends HostileTextTest {
  @Override
  boolean isPackaged() {
    return true;
  }
}
