package vn.luot.admin.imports.format;

import vn.luot.refusal.Refusal;
import vn.luot.site.Site;

/** The kinds of file Luot reads. */
public final class Formats {
  private Formats() {}

  /**
   * Refused where there is no such format.
   *
   * @param path how NukeViet's columns make a path; may be null elsewhere
   * @param table which of NukeViet's tables is meant; may be null
   */
  public static Format named(String name, Site site, String path, String table) {
    PagePaths paths = new PagePaths(site.rules().pageParameters());
    return switch (name) {
      case "csv" -> new LuotCsv(paths);
      case "nukeviet" ->
          new NukeViet(new NukeVietRows(paths, path == null ? null : PathTemplate.of(path)), table);
      case "busuanzi" -> new Busuanzi(new KnownHashes(site.rules().origins()));
      default -> throw Refusal.ofField("format", "one of csv, nukeviet, busuanzi");
    };
  }
}
