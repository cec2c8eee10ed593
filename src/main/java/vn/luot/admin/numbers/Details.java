package vn.luot.admin.numbers;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.function.Function;
import vn.luot.site.Site;

/** Since when a site's numbers by page, hour and referrer are there. */
@Singleton
public record Details(Numbers numbers) {
  private static final String KEPT_FROM = "SELECT kept_from FROM detail_kept WHERE site_id = $1";

  /** The first day whose details were not removed; null where none ever were. */
  public Uni<LocalDate> keptFrom(int site) {
    return numbers
        .query(KEPT_FROM, Tuple.of(site))
        .map(rows -> rows.size() == 0 ? null : rows.iterator().next().getLocalDate(0));
  }

  /** Reads a list after a flush; {@code span} is null for all time. */
  public <T> Uni<T> list(Site site, Span span, Function<Covered, Uni<T>> read) {
    return numbers.fresh(
        site,
        asOf ->
            keptFrom(site.id()).flatMap(kept -> read.apply(Covered.of(site, span, asOf, kept))));
  }
}
