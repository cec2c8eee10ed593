package vn.luot.attack;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class TracesIT extends TracesTest {
  @Override
  boolean isPackaged() {
    return true;
  }
}
