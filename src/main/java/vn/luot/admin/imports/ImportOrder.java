package vn.luot.admin.imports;

import vn.luot.admin.access.Owner;
import vn.luot.admin.imports.format.Format;
import vn.luot.site.Site;

/** An import that was asked for, but for its file. */
record ImportOrder(
    Site site, Owner owner, String format, Format reader, boolean dryRun, String reason) {}
