package vn.luot.live.record;

import io.vertx.core.Future;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import vn.luot.live.Epochs;
import vn.luot.live.RedisClock;
import vn.luot.live.SiteNumbers;
import vn.luot.live.record.SiteHits.Standing;
import vn.luot.live.record.SiteHits.ViewedKinds;
import vn.luot.live.redis.Keys;
import vn.luot.live.redis.LiveConfig;
import vn.luot.live.redis.RedisTopology;
import vn.luot.live.redis.Script;
import vn.luot.register.SiteDay;
import vn.luot.site.Period;
import vn.luot.site.Site;
import vn.luot.site.page.Measure;
import vn.luot.site.page.Page;
import vn.luot.visitor.Network.NetworkHash;

/** Calls {@code record_hits.lua}, which describes what is sent and what comes back. */
@Singleton
public record RecordHits(
    LiveConfig config, Epochs epochs, RedisClock clock, NamedPages named, RedisTopology topology) {
  /** A sequence below all others: Redis takes the batch for one that it has recorded, and reads. */
  public static final long RECORDED = -1;

  /** How many values stand in front of all, and in front of each site's lists. */
  private static final int HEAD = 15;

  private static final int HEAD_OF_SITE = 12;

  private static final Page OTHER_DOWNLOADS = Page.OTHER.counting(Measure.DOWNLOADS);

  private static final Script SCRIPT = script();

  public static Script script() {
    return Script.named("record_hits", "batch", "ring", "state", "visitors", "views", "pages");
  }

  /**
   * What became of a batch: its numbers in the order sent, or that nothing was written.
   *
   * @param repeated an earlier attempt had been recorded; this one only read
   * @param repeatedViews how many of the views were not counted, being repeated
   */
  public record Outcome(
      boolean recorded,
      boolean repeated,
      boolean epochChanged,
      long repeatedViews,
      List<SiteNumbers> sites,
      List<NewPages> newPages) {}

  /**
   * Who brought pages to a site that PostgreSQL is not known to have, and were viewed for the first
   * time on the day.
   *
   * @param crowded whether half of the pages that a day has room for are counted already
   */
  public record NewPages(boolean crowded, List<NetworkHash> broughtBy) {}

  /**
   * Sends once. A failure that is no answer of Redis leaves the outcome unknown; then, and where
   * nothing was written, the same sequence may be sent again.
   *
   * @param inDoubt an earlier attempt may have been recorded: this one is bound to its epoch, since
   *     what that epoch held may be in PostgreSQL already
   */
  public Future<Outcome> send(
      Function<Request, Future<Response>> link,
      String writer,
      long sequence,
      Remembered remembered,
      List<SiteHits> sites,
      boolean inDoubt) {
    SiteHits first = sites.get(0);
    long fresh = epochs.fresh();
    long epoch = inDoubt ? first.epoch : epochs.of(first.site.id());
    List<String> keys = new ArrayList<>(2 + sites.size() * 16);
    keys.add(Keys.writer(topology.part(first.site.id()), writer));
    keys.add(epochs.key(first.site.id()));
    ViewedKinds viewed = new ViewedKinds(sites);
    for (Site kind : viewed.sites) {
      keys.add(Keys.viewed(kind, topology.isCluster(), 0));
      keys.add(Keys.viewed(kind, topology.isCluster(), 1));
    }
    int values = sites.stream().mapToInt(RecordHits::values).sum();
    MessagePack batch = new MessagePack().list(HEAD + viewed.sites.size() + values);
    batch.number(sequence).text(Long.toString(fresh)).number(config.writerMemory().toSeconds());
    batch.text(Long.toString(Page.OTHER.key()));
    batch.text(Long.toString(OTHER_DOWNLOADS.key()));
    batch.number(config.pagesPerDay()).number(config.newPagesPerMinute());
    batch.number(config.visitorsPresent()).number(config.viewsRemembered());
    batch.number(config.referrersPerDay()).text(Long.toString(epoch));
    batch.text(epochs.installation()).number(remembered.in(epoch, inDoubt));
    batch.number(viewed.sites.size()).number(sites.size());
    viewed.sites.forEach(kind -> batch.number(kind.rules().repeatViewSeconds() * 1000L));
    List<SiteDay> days = new ArrayList<>(sites.size());
    for (SiteHits hits : sites) {
      hits.epoch = epoch;
      Period period = clock.period(hits.site);
      SiteDay day = new SiteDay(epoch, hits.site.id(), period.day());
      days.add(day);
      addKeys(hits, day, keys);
      add(hits, period, day.mark(), viewed.of(hits), batch);
    }
    return SCRIPT
        .call(link, keys, List.of(batch.written()))
        .map(reply -> outcome(reply, sites, days, fresh));
  }

  /** Epoch and period are guesses, being part of key names; the script refuses wrong ones. */
  private static void addKeys(SiteHits hits, SiteDay day, List<String> keys) {
    Collections.addAll(keys, Keys.ofHits(day));
    String pages = Keys.pages(day);
    keys.add(pages + Keys.shard(Page.OTHER.key()));
    for (Page page : hits.pages.keySet()) {
      keys.add(pages + Keys.shard(page.key()));
    }
  }

  private static int values(SiteHits hits) {
    int lists = hits.pages.size() + hits.once.size();
    return HEAD_OF_SITE + 4 * hits.visitors.size() + 3 * lists + 2 * hits.referrers.size();
  }

  private void add(SiteHits hits, Period period, String mark, int viewed, MessagePack batch) {
    Site site = hits.site;
    batch.number(period.from()).number(period.until()).text(Long.toString(period.hour()));
    batch.text(mark);
    batch.number(hits.bots);
    batch.number(site.rules().onlineWindowSeconds()).number(site.rules().visitGapSeconds());
    batch.number(viewed);
    batch.number(hits.visitors.size()).number(hits.pages.size());
    batch.number(hits.once.size()).number(hits.referrers.size());
    hits.visitors.keySet().forEach(visitor -> batch.hash(visitor.id()));
    hits.visitors.keySet().forEach(visitor -> addBefore(batch, visitor.previousId()));
    hits.visitors.values().forEach(seen -> batch.number(seen.first));
    hits.visitors.keySet().forEach(visitor -> batch.text(visitor.device()));
    hits.pages.keySet().forEach(page -> batch.text(Long.toString(page.key())));
    hits.pages.values().forEach(page -> batch.number(page.views));
    hits.pages.entrySet().forEach(page -> batch.text(name(hits, period.day(), page)));
    hits.once.keySet().forEach(batch::hash);
    hits.once.values().forEach(view -> batch.number(view.page()));
    hits.once.values().forEach(view -> batch.number(view.referrer()));
    hits.referrers.keySet().forEach(batch::text);
    hits.referrers.values().forEach(referrer -> batch.number(referrer.views));
  }

  private static void addBefore(MessagePack batch, long previousId) {
    if (previousId == 0) {
      batch.text("");
    } else {
      batch.hash(previousId);
    }
  }

  /** What is told of a page: its standing where that is not the usual one, and its name. */
  private String name(SiteHits hits, LocalDate day, Map.Entry<Page, SiteHits.PageHits> page) {
    SiteHits.PageHits counted = page.getValue();
    counted.told =
        counted.hits == 0 ? null : named.toTell(hits.epoch, day, hits.site, page.getKey(), counted);
    if (counted.told != null) {
      return counted.standing.sign + counted.told.written(day);
    }
    return counted.standing == Standing.ORDINARY ? "" : String.valueOf(counted.standing.sign);
  }

  private Outcome outcome(Response reply, List<SiteHits> sites, List<SiteDay> days, long fresh) {
    clock.learn(reply.get(1).toLong());
    int status = reply.get(0).toInteger();
    if (status == 0) {
      return refused(reply, sites, fresh);
    }
    List<SiteNumbers> numbers = new ArrayList<>(sites.size());
    List<NewPages> newPages = new ArrayList<>(sites.size());
    int crowded = 3 + sites.stream().mapToInt(site -> 3 + site.pages.size()).sum();
    int at = 3;
    for (int i = 0; i < sites.size(); i++) {
      boolean isCrowded = crowded < reply.size() && reply.get(crowded).toInteger() == i + 1;
      crowded += isCrowded ? 1 : 0;
      List<NetworkHash> broughtBy = new ArrayList<>(0);
      numbers.add(numbers(reply, at, sites.get(i), days.get(i), broughtBy));
      newPages.add(new NewPages(isCrowded, broughtBy));
      at += 3 + sites.get(i).pages.size();
    }
    return new Outcome(true, status == 2, false, reply.get(2).toLong(), numbers, newPages);
  }

  private Outcome refused(Response reply, List<SiteHits> sites, long fresh) {
    SiteHits first = sites.get(0);
    long epoch = reply.get(2).toLong();
    epochs.learn(first.site.id(), epoch, reply.get(3).toLong(), fresh);
    boolean changed = epoch != first.epoch;
    return new Outcome(false, false, changed, 0, List.of(), List.of());
  }

  private SiteNumbers numbers(
      Response reply, int at, SiteHits hits, SiteDay day, List<NetworkHash> broughtBy) {
    Map<Page, Long> pages = new HashMap<>();
    int next = at + 3;
    for (Map.Entry<Page, SiteHits.PageHits> page : hits.pages.entrySet()) {
      long views = reply.get(next++).toLong();
      SiteHits.PageHits counted = page.getValue();
      if (views >= 0) {
        pages.put(page.getKey(), views);
        if (counted.told != null && views > 0) {
          named.told(counted.told);
          if (counted.isNew(views)) {
            broughtBy.add(counted.block);
          }
        }
      }
    }
    return new SiteNumbers(
        day,
        SiteNumbers.Online.of(reply.get(at).toLong()),
        reply.get(at + 1).toLong(),
        reply.get(at + 2).toLong(),
        pages);
  }

  /**
   * What Redis must remember of a writer as long as its memory was not put back: the last sequence
   * known to be recorded.
   *
   * @param epoch in which
   */
  public record Remembered(long epoch, long sequence) {
    public static final Remembered NOTHING = new Remembered(Epochs.UNKNOWN, -1);

    /** As the script is told: the sequence and one, 0 for none. */
    long in(long asked, boolean inDoubt) {
      // A batch in doubt may be recorded: whoever knows nothing of its writer must not do it again.
      return Math.max(epoch == asked ? sequence + 1 : 0, inDoubt ? 1 : 0);
    }
  }
}
