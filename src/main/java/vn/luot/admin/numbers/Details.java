package vn.luot.admin.numbers;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
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
  public <T> Uni<T> list(Site site, @Nullable Span span, Function<Covered, Uni<T>> read) {
    return numbers.fresh(
        site,
        asOf ->
            keptFrom(site.id()).flatMap(kept -> read.apply(Covered.of(site, span, asOf, kept))));
  }

  /** Which days a list of numbers is of: its first fields. */
  public record Covered(
      @Schema(description = "First local day of the range; null for all time", nullable = true)
          @Nullable LocalDate from,
      @Schema(description = "Last local day, which is within; null for all time", nullable = true)
          @Nullable LocalDate to,
      @Schema(description = "IANA time zone of the days") String timeZone,
      @Schema(
              description =
                  "The numbers include everything counted until then; null where that is not known",
              nullable = true)
          OffsetDateTime asOf,
      @Schema(
              description =
                  "First day of which such numbers are still kept (detailDays); ranges that begin"
                      + " before are incomplete. null where all are kept",
              nullable = true)
          LocalDate detailFrom) {

    /** {@code span} is null for all time. */
    static Covered of(Site site, @Nullable Span span, OffsetDateTime asOf, LocalDate keptFrom) {
      return new Covered(
          span == null ? null : span.firstDay(),
          span == null ? null : span.lastDay(),
          site.rules().timeZone(),
          asOf,
          keptFrom);
    }
  }
}
