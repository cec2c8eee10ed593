package vn.luot.admin.numbers;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.LocalDate;

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
}
