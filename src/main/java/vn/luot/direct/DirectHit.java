package vn.luot.direct;

import java.util.concurrent.CompletableFuture;
import vn.luot.site.Page;
import vn.luot.site.Period;
import vn.luot.site.Site;

/** A hit that was never sent to Redis, on its way to PostgreSQL. */
record DirectHit(
    Site site, Page page, String title, Period period, CompletableFuture<Void> answer) {}
