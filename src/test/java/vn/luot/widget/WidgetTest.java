package vn.luot.widget;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import vn.luot.standalone.Postgres;

/** A visitor's browser on a portal's page that counts with the real service on another origin. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class WidgetTest {

  Postgres postgres;
  Portal portal;
  Browser browser;
  PortalSite site;

  @BeforeEach
  void freshSite() {
    if (browser == null) {
      browser = Browser.start();
      portal = new Portal();
    }
    site = PortalSite.register(postgres, portal.origin());
    portal.serve(site.slug());
    browser.complaints();
  }

  @AfterEach
  void leavePage() {
    if (browser != null) {
      // The driver waits for a page that is still loading.
      portal.release();
      browser.open("about:blank");
    }
  }

  @AfterAll
  void closeBrowser() {
    if (browser != null) {
      browser.close();
      portal.close();
    }
  }

  void open(String page) {
    site.awaitKnown();
    browser.open(portal.origin() + page);
  }

  /** Opens a page written for one test. */
  void show(String path, String html) {
    portal.written.put(path, "<!doctype html><meta charset=utf-8><title>Trang</title>" + html);
    open(path);
  }

  void assertSilent() {
    assertEquals(List.of(), browser.complaints());
  }
}
