package vn.luot.admin.imports.format;

import java.util.List;
import vn.luot.refusal.Refusal;
import vn.luot.site.SiteRow;

/** The kinds of file Luot reads. */
public final class Formats {
  private Formats() {}

  /**
   * Refused where there is no such format.
   *
   * @param path how NukeViet's columns make a path; may be null elsewhere
   * @param table which of NukeViet's tables is meant; may be null
   */
  public static Format named(String name, SiteRow site, String path, String table) {
    PagePaths paths = new PagePaths(List.of(site.pageParameters));
    return switch (name) {
      case "csv" -> new LuotCsv(paths);
      case "nukeviet" ->
          new NukeViet(new NukeVietRows(paths, path == null ? null : PathTemplate.of(path)), table);
      case "busuanzi" -> new Busuanzi(new KnownHashes(List.of(site.origins)));
      default -> throw Refusal.ofField("format", "one of csv, nukeviet, busuanzi");
    };
  }
}
