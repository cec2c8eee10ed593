package vn.luot.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class SettingNamesTest {
  private static final String SAMPLE =
      """
      # LUOT_LIVE_PAGES is now LUOT_LIVE_PAGES_PER_DAY
      #LUOT_LIVE_PAGES_PER_DAY=20000
      #QUARKUS_HTTP_PORT=8080
      """;

  @Test
  void whatIsNoSettingIsNamed() {
    assertEquals(
        List.of("LUOT_TRUSTED_PROXIES is set and does nothing: no setting has this name"),
        SettingNames.wrong(
            SAMPLE, List.of("LUOT_TRUSTED_PROXIES", "luot.trusted.proxies", "java.home", "PATH")));
  }

  @Test
  void aSettingThatWasRenamedTellsItsNewName() {
    assertEquals(
        List.of(
            "LUOT_LIVE_PAGES is set and does nothing: it is now called LUOT_LIVE_PAGES_PER_DAY"),
        SettingNames.wrong(SAMPLE, List.of("luot.live.pages")));
  }

  @Test
  void settingsAndWhatKubernetesSetsAreInOrder() {
    assertEquals(
        List.of(),
        SettingNames.wrong(
            SAMPLE,
            List.of(
                "luot.live.pages-per-day",
                "LUOT_LIVE_PAGES_PER_DAY",
                "LUOT_ENV",
                "LUOT_PORT_8080_TCP_ADDR",
                "LUOT_REDIS_SERVICE_HOST")));
  }
}
