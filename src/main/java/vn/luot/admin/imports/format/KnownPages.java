package vn.luot.admin.imports.format;

import java.util.function.Consumer;
import vn.luot.site.Page;

/** The pages Luot knows of a site: those that were viewed, and those with an opening balance. */
public interface KnownPages {
  /** Blocks. */
  void forEach(Consumer<Page> each);
}
