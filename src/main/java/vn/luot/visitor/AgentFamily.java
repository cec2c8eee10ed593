package vn.luot.visitor;

/**
 * Reduces a User-Agent to browser and kind of device: versions change within a day and would make
 * one visitor two, and the rest identifies people more than counting them needs.
 */
final class AgentFamily {
  // Browsers built on another name it as well, so the more special names come first.
  private static final String[] BROWSERS = {
    "Edg", "OPR/", "coc_coc_browser", "SamsungBrowser", "YaBrowser", "UCBrowser", "Zalo",
    "FBAN", "FBAV", "Firefox", "FxiOS", "CriOS", "Chrome", "Safari"
  };

  private AgentFamily() {}

  static String of(String agent) {
    if (agent == null) {
      return "";
    }
    String device = agent.contains("Mobi") ? "mobile" : "desktop";
    for (String browser : BROWSERS) {
      if (agent.contains(browser)) {
        return browser + device;
      }
    }
    return "other" + device;
  }
}
