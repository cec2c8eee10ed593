package vn.luot;

import org.junit.jupiter.api.BeforeEach;
import vn.luot.standalone.Postgres;

/** Each test has a site of its own, which has counted nothing. */
public abstract class SiteTest {
  protected Postgres postgres;
  protected TestSite site;

  @BeforeEach
  protected void freshSite() {
    site = TestSite.create(postgres);
  }
}
