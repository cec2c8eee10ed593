package vn.luot.live;

import io.vertx.core.Future;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import vn.luot.site.Page;
import vn.luot.site.Period;
import vn.luot.visitor.Visitor;

/** Calls {@code record_hits.lua}, which describes what is sent and what comes back. */
@ApplicationScoped
public class RecordHits {
  private final Script script = Script.named("record_hits", "visitors", "views");
  private final LiveConfig config;
  private final Epochs epochs;
  private final Periods periods;
  private final RedisClock clock;
  private final NamedPages named;

  RecordHits(
      LiveConfig config, Epochs epochs, Periods periods, RedisClock clock, NamedPages named) {
    this.config = config;
    this.epochs = epochs;
    this.periods = periods;
    this.clock = clock;
    this.named = named;
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
      List<SiteNumbers> sites) {}

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
      List<SiteHits> sites,
      boolean inDoubt) {
    long fresh = epochs.fresh();
    List<String> keys = new ArrayList<>(1 + sites.size() * 16);
    List<Object> args = new ArrayList<>(11 + sites.size() * 24);
    keys.add(Keys.writer(sites.get(0).bucket(), writer));
    args.addAll(List.of(sequence, fresh, config.writerMemory().toSeconds(), sites.size()));
    args.addAll(List.of(Keys.shard(Page.OTHER.key()), Page.OTHER.key()));
    args.addAll(List.of(config.pagesPerDay(), config.newPagesPerMinute()));
    args.addAll(List.of(config.visitorsPresent(), config.viewsRemembered()));
    args.add(config.referrersPerDay());
    List<LocalDate> days = new ArrayList<>(sites.size());
    for (SiteHits hits : sites) {
      hits.epoch = inDoubt ? hits.epoch : epochs.of(hits.bucket());
      Period period = periods.of(hits.site);
      days.add(period.day());
      add(hits, period, keys, args);
    }
    return script.call(link, keys, args).map(reply -> outcome(reply, sites, days, fresh));
  }

  /** Epoch and period are guesses, being part of key names; the script refuses wrong ones. */
  private void add(SiteHits hits, Period period, List<String> keys, List<Object> args) {
    int site = hits.site.id();
    keys.addAll(Arrays.asList(Keys.ofHits(hits.epoch, hits.site, period.day())));
    keys.add(Keys.pages(hits.epoch, site, period.day(), Keys.shard(Page.OTHER.key())));
    args.add(hits.epoch);
    args.add(period.from());
    args.add(period.until());
    args.add(period.hour());
    args.add(Keys.mark(hits.epoch, site, period.day()));
    args.add(hits.bots);
    args.add(hits.site.onlineWindow().toSeconds());
    args.add(hits.site.visitGap().toSeconds());
    args.add(hits.site.repeatView().toMillis());
    args.add(hits.visitors.size());
    args.add(hits.pages.size());
    args.add(hits.once.size());
    args.add(hits.referrers.size());
    for (Map.Entry<Visitor, Integer> visitor : hits.visitors.entrySet()) {
      args.add(visitor.getKey().id());
      args.add(visitor.getKey().previousId());
      args.add(visitor.getValue());
    }
    for (Map.Entry<Page, SiteHits.PageHits> page : hits.pages.entrySet()) {
      int shard = Keys.shard(page.getKey().key());
      keys.add(Keys.pages(hits.epoch, site, period.day(), shard));
      args.add(page.getKey().key());
      args.add(shard);
      args.add(page.getValue().views);
      args.add(name(hits, page.getKey(), page.getValue()));
    }
    addViews(hits, args);
  }

  private String name(SiteHits hits, Page page, SiteHits.PageHits counted) {
    String name =
        counted.viewed ? named.nameToReport(hits.epoch, hits.site.id(), page, counted.title) : "";
    counted.named = !name.isEmpty();
    return name;
  }

  /** The views that may be repeated, and where views came from. */
  private static void addViews(SiteHits hits, List<Object> args) {
    args.addAll(hits.once.keySet());
    hits.once.values().forEach(view -> args.add(view.page()));
    if (!hits.referrers.isEmpty()) {
      hits.once.values().forEach(view -> args.add(view.referrer()));
      hits.referrers.forEach(
          (host, views) -> {
            args.add(host);
            args.add(views.views);
          });
    }
  }

  private Outcome outcome(Response reply, List<SiteHits> sites, List<LocalDate> days, long fresh) {
    clock.learn(reply.get(1).toLong());
    int status = reply.get(0).toInteger();
    if (status == 0) {
      return refused(reply, sites, fresh);
    }
    List<SiteNumbers> numbers = new ArrayList<>(sites.size());
    int at = 3;
    for (int i = 0; i < sites.size(); i++) {
      numbers.add(numbers(reply, at, sites.get(i), days.get(i)));
      at += 3 + sites.get(i).pages.size();
    }
    return new Outcome(true, status == 2, false, reply.get(2).toLong(), numbers);
  }

  private Outcome refused(Response reply, List<SiteHits> sites, long fresh) {
    boolean changed = false;
    for (int i = 0; i < sites.size(); i++) {
      long epoch = reply.get(2 + 2 * i).toLong();
      long before = reply.get(3 + 2 * i).toLong();
      changed |= epoch != sites.get(i).epoch;
      epochs.learn(sites.get(i).bucket(), epoch, before, fresh);
    }
    return new Outcome(false, false, changed, 0, List.of());
  }

  private SiteNumbers numbers(Response reply, int at, SiteHits hits, LocalDate day) {
    Map<Page, Long> pages = new HashMap<>();
    int next = at + 3;
    for (Map.Entry<Page, SiteHits.PageHits> page : hits.pages.entrySet()) {
      long views = reply.get(next++).toLong();
      if (views >= 0) {
        pages.put(page.getKey(), views);
        if (page.getValue().named && views > 0) {
          named.reported(hits.epoch, hits.site.id(), page.getKey(), page.getValue().title);
        }
      }
    }
    return new SiteNumbers(
        hits.epoch,
        day,
        reply.get(at).toLong(),
        reply.get(at + 1).toLong(),
        reply.get(at + 2).toLong(),
        pages);
  }
}
