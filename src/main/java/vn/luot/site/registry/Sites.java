package vn.luot.site.registry;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vn.luot.connection.Unis;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;
import vn.luot.setting.Allowed;
import vn.luot.site.Installation;
import vn.luot.site.Site;

/** Every registered site, kept in the pod and replaced as a whole soon after a change. */
@Singleton
public class Sites {
  private static final long CUT_OFF_AFTER_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final SiteRows rows;
  private final SitesCopy copy;
  private final Installation installation;
  private final long copyEveryNanos;

  private volatile Map<String, Site> bySlug = Map.of();
  private volatile Map<Integer, Site> byId = Map.of();
  private volatile Map<String, String> byOrigin = Map.of();

  /** What PostgreSQL called the registry when it was read there; null while it never was. */
  private volatile @Nullable String version;

  /** When PostgreSQL last said what it calls it. */
  private volatile long read;

  private volatile boolean loaded;
  private volatile long copied;

  /** Refreshes may overtake each other: only what began later replaces what is known. */
  private final AtomicLong begun = new AtomicLong();

  private long known;

  @Inject
  Sites(
      SiteRows rows,
      SitesCopy copy,
      Installation installation,
      Config config,
      MeterRegistry metrics) {
    this(rows, copy, installation, config.copyEvery());
    Gauge.builder("luot.sites.known", () -> all().size()).register(metrics);
    Gauge.builder("luot.sites.from.copy", () -> isFromCopy() ? 1 : 0).register(metrics);
  }

  Sites(SiteRows rows, SitesCopy copy, Installation installation, Duration copyEvery) {
    this.rows = rows;
    this.copy = copy;
    this.installation = installation;
    this.copyEveryNanos = copyEvery.toNanos();
  }

  /** The site of this name; null where none is known. */
  public @Nullable Site known(String slug) {
    return bySlug.get(slug);
  }

  /** The name of a site whose pages have this origin; null where there is none. */
  public @Nullable String servedAt(String origin) {
    return origin == null ? null : byOrigin.get(origin);
  }

  /** The site of this name; refused where there is none. */
  public Site require(String slug) {
    Site site = known(slug);
    if (site != null) {
      return site;
    }
    requireLoaded();
    throw Refusal.of(Reason.UNKNOWN_SITE, "Use the name the site was registered under.");
  }

  /** The site of this name, where anyone may read its numbers. */
  public Site requireReadable(String slug) {
    Site site = require(slug);
    if (!site.rules().publicReading()) {
      throw Refusal.of(Reason.READING_CLOSED, "The site's owner keeps its numbers private.");
    }
    return site;
  }

  /** Refuses for now where the registry was never read: there may not even be tables. */
  public void requireLoaded() {
    if (!isLoaded()) {
      throw Refusal.forNow(Reason.NOT_READABLE, "The site registry is not loaded yet; try again.");
    }
  }

  /** Whether the registry was ever read. */
  public boolean isLoaded() {
    return loaded;
  }

  private boolean isFromCopy() {
    return loaded && version == null;
  }

  /** All that are registered, in no order. */
  public Collection<Site> all() {
    return byId.values();
  }

  /** The site of this number; null where it is gone. */
  public @Nullable Site byId(int id) {
    return byId.get(id);
  }

  /** As PostgreSQL has it at this moment; null where it has none, or deletes it. */
  public Uni<Site> fresh(String slug) {
    return rows.bySlug(slug);
  }

  /** Reads the registry where it has changed; done by itself every few seconds. */
  public Uni<Void> refresh() {
    return Uni.createFrom().deferred(() -> refresh(begun.incrementAndGet()));
  }

  private Uni<Void> refresh(long turn) {
    return rows.version()
        .invoke(installation::learn)
        .invoke(found -> read = System.nanoTime())
        .call(copy::claim)
        .flatMap(found -> load(found, turn));
  }

  private Uni<Void> load(String found, long turn) {
    if (!found.equals(version)) {
      return rows.read()
          .invoke(read -> replace(rows.sites(read), found, turn))
          .flatMap(read -> keepCopy(found, Uni.createFrom().item(read)));
    }
    return System.nanoTime() - copied < copyEveryNanos
        ? Uni.createFrom().voidItem()
        : keepCopy(found, rows.read());
  }

  /** Only the version is read where another pod, or this one, has copied it already. */
  private Uni<Void> keepCopy(String found, Uni<String> read) {
    copied = System.nanoTime();
    return copy.version()
        .flatMap(
            kept ->
                found.equals(kept)
                    ? Uni.createFrom().voidItem()
                    : read.flatMap(text -> copy.keep(found, text)))
        .plug(Unis.orNull(e -> Log.debugf("The site registry is not copied: %s", e.getMessage())));
  }

  /**
   * PostgreSQL wins as soon as it answers. Until then another pod, which it answers, may have
   * changed the copy: so a pod that is cut off learns of a site's deletion all the same.
   */
  Uni<Void> refreshFromCopy() {
    if (isRead()) {
      return Uni.createFrom().voidItem();
    }
    return copy.version()
        .onItem()
        .ifNotNull()
        .transformToUni(kept -> copy.rows().invoke(text -> replaceFromCopy(rows.sites(text), kept)))
        .replaceWithVoid();
  }

  /** The highest one in what PostgreSQL calls the registry, its last part. */
  private static long revision(String version) {
    return Long.parseLong(version.substring(version.lastIndexOf(':') + 1));
  }

  private synchronized void replace(List<Site> sites, String found, long turn) {
    if (turn < known) {
      return;
    }
    known = turn;
    replace(sites);
    version = found;
    Log.debugf("%d sites known, version %s", sites.size(), found);
  }

  private boolean isRead() {
    return version != null && System.nanoTime() - read < CUT_OFF_AFTER_NANOS;
  }

  private synchronized void replaceFromCopy(List<Site> sites, String kept) {
    if (isRead() || version != null && revision(kept) < revision(version)) {
      return;
    }
    if (version != null) {
      version = kept;
    }
    installation.learn(kept);
    if (!loaded) {
      Log.infof("PostgreSQL is not reached yet: %d sites known from the copy", sites.size());
    }
    replace(sites);
  }

  private void replace(List<Site> sites) {
    bySlug = sites.stream().collect(Collectors.toUnmodifiableMap(Site::slug, Function.identity()));
    byId = sites.stream().collect(Collectors.toUnmodifiableMap(Site::id, Function.identity()));
    Map<String, String> origins = new HashMap<>();
    sites.forEach(
        site -> site.rules().origins().forEach(origin -> origins.put(origin, site.slug())));
    byOrigin = origins;
    loaded = true;
  }

  /** Settings of the site registry. */
  @ConfigMapping(prefix = "luot.sites")
  interface Config {
    /** How often a pod looks for changed sites: the longest a change takes to reach it. */
    @WithConverter(Allowed.SomeTime.class)
    Duration refreshEvery();

    /**
     * How long a pod that starts waits for PostgreSQL before it takes the copy in Redis. As long,
     * and at most 10s, its ports stay closed.
     */
    @WithConverter(Allowed.SomeTimeOrNone.class)
    Duration copyAfter();

    /** How often an unchanged registry is copied again: after a Redis that lost its data. */
    @WithDefault("1m")
    @WithConverter(Allowed.SomeTime.class)
    Duration copyEvery();
  }
}
