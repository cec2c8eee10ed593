package vn.luot.admin.imports.format;

import java.util.List;
import vn.luot.refusal.Refusal;
import vn.luot.site.Page;
import vn.luot.site.PageRule;

/** What addresses in a file mean for a site. */
record PagePaths(List<String> pageParameters) {
  /** How spreadsheets begin a formula: nobody calls a page that. */
  private static final String FORMULA = "=+-@";

  /** An address with or without scheme and host; refused where it is none. */
  Page page(String written) {
    if (!written.isEmpty() && FORMULA.indexOf(written.charAt(0)) >= 0) {
      throw Refusal.ofField("path", "a path, not a formula");
    }
    return PageRule.page(local(written), pageParameters, "path");
  }

  private static String local(String written) {
    int host = written.startsWith("http://") ? 7 : written.startsWith("https://") ? 8 : 0;
    if (host == 0) {
      return written;
    }
    for (int i = host; i < written.length(); i++) {
      if ("/?#".indexOf(written.charAt(i)) >= 0) {
        return (written.charAt(i) == '/' ? "" : "/") + written.substring(i);
      }
    }
    return "/";
  }
}
