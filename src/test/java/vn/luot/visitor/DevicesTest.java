package vn.luot.visitor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.luot.visitor.Agent.Devices;

class DevicesTest {
  /** As the browsers named themselves in 2026, without what tells nothing. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "Mozilla/5.0 (Linux; Android 10; K) Chrome/131.0.0.0 Mobile Safari/537.36 ! Phone|Chrome|Android",
        "Mozilla/5.0 (Linux; Android 10; K) Chrome/131.0.0.0 Safari/537.36 ! Tablet|Chrome|Android",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Version/18.1 Mobile/15E148 Safari/604.1 ! Phone|Safari|iOS",
        "Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) CriOS/131.0 Mobile/15E148 Safari/604.1 ! Tablet|Chrome|iOS",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.1 Safari/605.1.15 ! Desktop|Safari|macOS",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) coc_coc_browser/135.0 Chrome/129.0 Safari/537.36 ! Desktop|Cốc Cốc|Windows",
        "Mozilla/5.0 (Windows NT 6.1; WOW64; Trident/7.0; rv:11.0) like Gecko ! Desktop|Internet Explorer|Windows",
        "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0 ! Desktop|Firefox|Linux",
        "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) Chrome/131.0.0.0 Safari/537.36 ! Desktop|Chrome|ChromeOS",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Mobile/15E148 Zalo iOS/602 ! Phone|Zalo|iOS",
        "curl/8.5.0 ! Other|Other|Other",
        "'' ! Other|Other|Other"
      })
  void aDeviceIsToldByItsAgent(String agent, String device) {
    assertEquals(device, Devices.of(agent));
  }
}
