package vn.luot.hit.batch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vn.luot.direct.DirectCounts;
import vn.luot.live.SiteNumbers;
import vn.luot.live.record.RecordHits;
import vn.luot.live.record.SeenVisitors;
import vn.luot.live.record.SiteHits;
import vn.luot.site.Site;
import vn.luot.site.page.Page;
import vn.luot.visitor.Sender.Visitor;

/** Hits sent to Redis together, under one sequence that never changes. */
final class Batch {
  final long sequence;

  /** Whose sequence it is; changes only where no attempt can have been recorded. */
  String writer;

  final List<SiteHits> sites = new ArrayList<>();
  final List<WaitingHit> hits = new ArrayList<>();

  /** Whether it was ever sent: from then on only Redis can tell what became of it. */
  boolean sent;

  /** Whether an attempt was made whose outcome nobody knows. */
  boolean inDoubt;

  /** Whether its hits were answered already, as not stored. */
  boolean givenUp;

  private final Map<Integer, Integer> places = new HashMap<>();

  Batch(String writer, long sequence) {
    this.writer = writer;
    this.sequence = sequence;
  }

  void add(WaitingHit waiting, SeenVisitors seen) {
    Hit hit = waiting.hit;
    hits.add(waiting);
    SiteHits site = sites.get(place(hit.into()));
    Visitor visitor = hit.sender().visitor();
    // A download keeps its visitor online, as a heartbeat does, and begins no visit.
    Page viewed = hit.page() != null && hit.page().isView() ? hit.page() : null;
    if (hit.page() != null) {
      if (hit.sender().robot()) {
        site.bot(hit.page());
      } else {
        site.view(hit.page(), hit.title(), hit.sender(), hit.standing(), hit.referrer());
      }
      if (hit.beside() != null) {
        sites.get(place(hit.beside())).ask(hit.page());
      }
    }
    // Whom the pod remembers was seen on the site, not in its quarantine.
    if (visitor != null
        && (hit.isQuarantined() || !seen.contains(hit.site().id(), visitor, viewed != null))) {
      site.see(visitor, viewed);
    }
  }

  private int place(Site into) {
    return places.computeIfAbsent(
        into.id(),
        id -> {
          sites.add(new SiteHits(into));
          return sites.size() - 1;
        });
  }

  void counted(RecordHits.Outcome outcome, BatcherParts parts) {
    List<SiteNumbers> numbers = outcome.sites();
    for (int i = 0; i < sites.size(); i++) {
      Site site = sites.get(i).site();
      if (!site.isQuarantine()) {
        parts.seen().add(sites.get(i), numbers.get(i).day().epoch());
        parts.newPages().learn(site, outcome.newPages().get(i));
      }
      if (site.watchesBursts()) {
        Integer apart = places.get(Site.quarantineId(site.id()));
        parts.bursts().answered(site, numbers.get(i), apart == null ? null : numbers.get(apart));
      }
    }
    for (WaitingHit waiting : hits) {
      waiting.answer.complete(numbers.get(place(waiting.hit.site())));
    }
  }

  void giveUp(@Nullable DirectCounts direct) {
    givenUp = true;
    hits.forEach(sent ? WaitingHit::notStored : hit -> hit.neverSent(direct));
  }

  /** Views that count unless Redis finds them repeated. */
  long views() {
    return sites.stream().mapToLong(SiteHits::views).sum();
  }

  /** Views found to be repeated before they were sent. */
  long repeated() {
    return sites.stream().mapToLong(SiteHits::repeated).sum();
  }

  /** Views kept apart, those among them that turn out to be repeated included. */
  long quarantined() {
    return sites.stream()
        .filter(site -> site.site().isQuarantine())
        .mapToLong(site -> site.views() + site.repeated())
        .sum();
  }

  long bots() {
    return sites.stream().mapToLong(SiteHits::bots).sum();
  }

  /** The oldest hit decides how long the batch may still be tried. */
  long since() {
    return hits.get(0).since;
  }
}
