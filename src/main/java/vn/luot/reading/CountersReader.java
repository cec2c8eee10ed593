package vn.luot.reading;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import vn.luot.live.ReadSite;
import vn.luot.reading.CountersReader.Counters;
import vn.luot.reading.ReadsRoute.SharedRead;
import vn.luot.reading.base.ReadingConfig;
import vn.luot.reading.base.SiteBase;
import vn.luot.reading.base.SiteBase.MonotoneNumbers;
import vn.luot.reading.base.SiteBases;
import vn.luot.reading.base.Sums;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;
import vn.luot.site.Site;

/**
 * Puts a site's counters together, at most once a second however many ask, and writes them as JSON
 * once for all who are given the same.
 */
@Singleton
public class CountersReader implements SharedRead {
  private final ReadSite readSite;
  private final SiteBases bases;
  private final ReadingConfig config;
  private final ObjectWriter json;
  private final Map<Integer, Shared> shared = new ConcurrentHashMap<>();

  CountersReader(ReadSite readSite, SiteBases bases, ReadingConfig config, ObjectMapper json) {
    this.readSite = readSite;
    this.bases = bases;
    this.config = config;
    this.json = json.writerFor(Counters.class);
  }

  private record Shared(
      CompletableFuture<Counters> counters,
      CompletableFuture<Written> written,
      long revision,
      long at) {}

  /** A copy for each: whoever leaves cancels what it waits for. */
  public CompletionStage<Counters> read(Site site) {
    return shared(site).counters.copy();
  }

  @Override
  public CompletionStage<Written> read(Site site, RoutingContext context) {
    return shared(site).written.copy();
  }

  private Shared shared(Site site) {
    long now = System.nanoTime();
    Shared known = shared.get(site.id());
    return known != null && isFresh(known, site, now)
        ? known
        : shared.compute(
            site.id(),
            (id, last) -> last != null && isFresh(last, site, now) ? last : begin(site, now));
  }

  private Shared begin(Site site, long now) {
    CompletableFuture<Counters> counters = readNow(site);
    return new Shared(counters, counters.thenApply(this::written), site.revision(), now);
  }

  private boolean isFresh(Shared last, Site site, long now) {
    return last.revision >= site.revision() && now - last.at < config.shareCounters().toNanos();
  }

  private CompletableFuture<Counters> readNow(Site site) {
    return readSite
        .read(site, List.of())
        .toCompletionStage()
        .exceptionally(
            failure -> {
              throw Refusal.forNow(Reason.NOT_READABLE, "Redis does not answer; try again.");
            })
        .thenCompose(
            live ->
                bases.get(site, live.numbers().day()).thenApply(base -> counters(site, live, base)))
        .toCompletableFuture();
  }

  /** {@code base} is null where PostgreSQL does not answer. */
  private static Counters counters(Site site, ReadSite.Reading live, @Nullable SiteBase base) {
    OffsetDateTime asOf =
        Instant.ofEpochMilli(live.millis())
            .atZone(site.zone())
            .toOffsetDateTime()
            .truncatedTo(ChronoUnit.SECONDS);
    MonotoneNumbers.Numbers numbers =
        base == null ? null : base.plusToday(live.numbers().dayViews(), live.numbers().dayVisits());
    return new Counters(
        SiteBase.shown(live.numbers().online(), base),
        site.rules().onlineWindowSeconds(),
        numbers == null ? null : numbers.views(),
        numbers == null ? null : numbers.visits(),
        visitors(live.visitors(), base),
        asOf);
  }

  private static Counters.Visitors visitors(long seen, @Nullable SiteBase base) {
    if (base == null) {
      return new Counters.Visitors(seen == 0 ? null : seen, null, null);
    }
    Long today = base.plusVisitorsToday(seen);
    return new Counters.Visitors(today, base.visitorsOfYesterday(), base.visitorsOfMonth(today));
  }

  @Override
  public String call() {
    return "/counters";
  }

  @Override
  public boolean isOrdinary(RoutingContext context) {
    HttpServerRequest request = context.request();
    String known = request.getHeader(HttpHeaders.IF_NONE_MATCH);
    return (known == null || known.startsWith("W/\"") && known.indexOf(',') < 0)
        && request.getHeader(HttpHeaders.IF_MODIFIED_SINCE) == null
        && request.getHeader("If-Match") == null;
  }

  private Written written(Counters counters) {
    try {
      String tag = "W/\"" + counters.version() + '"';
      // Too short to be worth compressing; so all may be given the same by a cache.
      return new Written(json.writeValueAsBytes(counters), null, tag, CountersResource.SHORTLY);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("counters are always JSON", e);
    }
  }

  /**
   * A site's numbers. Whatever is not known at the moment is null, never a false 0.
   *
   * @param online visitors seen within the window
   * @param onlineWindowSeconds the window
   * @param views counted page views
   * @param visits views of one visitor with gaps below the site's visit gap make one visit
   * @param visitors distinct visitors
   * @param asOf when this was read, by the clock that counts
   */
  @Schema(description = "A site's numbers; null where one is not known at the moment")
  public record Counters(
      @Schema(description = "Visitors seen within the window", nullable = true, examples = "34")
          @Nullable Long online,
      long onlineWindowSeconds,
      @Schema(nullable = true) @Nullable Sums views,
      @Schema(nullable = true) @Nullable Sums visits,
      Visitors visitors,
      OffsetDateTime asOf) {

    /** Changes when a number does, and not with the time. */
    String version() {
      return Integer.toHexString(
          Objects.hash(online, onlineWindowSeconds, views, visits, visitors));
    }

    /**
     * Distinct visitors, estimated by HyperLogLog with a standard error of 0.81 %.
     *
     * @param month sum over the month's days: the hashes change daily, so someone who comes on
     *     three days counts three times
     */
    public record Visitors(
        @Schema(nullable = true) @Nullable Long today,
        @Schema(nullable = true) @Nullable Long yesterday,
        @Schema(nullable = true) @Nullable Long month) {}
  }
}
