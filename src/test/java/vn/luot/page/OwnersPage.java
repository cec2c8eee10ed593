package vn.luot.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import vn.luot.TestSite;
import vn.luot.admin.OperatorKey;
import vn.luot.standalone.Postgres;

/** The page at /admin/ in a real browser, reading real numbers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OwnersPage {
  Postgres postgres;
  Owner owner;
  TestSite site;
  String key;

  @BeforeEach
  void arrive() {
    if (owner == null) {
      owner = new Owner();
      site = OwnedSite.create(postgres).site();
      key = OperatorKey.make(site.slug, "reader");
    }
    owner.arrive();
  }

  @AfterAll
  void closeBrowser() {
    if (owner != null) {
      owner.close();
    }
  }

  void assertSilent() {
    // On a busy machine a store may be too slow once; the page asks again.
    assertEquals(
        List.of(),
        owner.browser.complaints().stream()
            .filter(line -> !line.contains("status of 503"))
            .toList());
  }
}
