package vn.luot.admin.imports.csv;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import vn.luot.admin.imports.csv.LoggedHits.LoggedHit;
import vn.luot.site.Period;
import vn.luot.site.Site;
import vn.luot.site.page.Page;
import vn.luot.visitor.Network;
import vn.luot.visitor.Prefix;

/**
 * Sums a batch of hits up, by the rules that hits themselves are counted by: robots and ignored
 * networks apart, the same page by the same visitor once within the site's time.
 */
public final class HitTally extends Report<LoggedHit> {
  /** More are forgotten, the earliest first, so that no file takes much memory. */
  private static final int VIEWINGS_REMEMBERED = 50_000;

  /** Bytes of its pages, days and hours; a file that has more is refused. */
  private static final long MOST_KEPT = 40_000_000;

  /** Bytes of a page of a day without its path, and of an hour. */
  private static final int EACH = 300;

  private final Site site;
  private final int mostPages;
  private final Map<LoggedHit.Viewing, Instant> viewings = new LinkedHashMap<>();
  private @Nullable Period period;
  final Map<LocalDate, Map<Long, OfPage>> pages = new TreeMap<>();
  final Map<Period, OfHour> hours = new LinkedHashMap<>();
  public long views;
  private long kept;

  /**
   * @param mostPages of a day; views of further ones count for the page ~other
   */
  public HitTally(Site site, int mostPages, Runnable progress) {
    super(progress);
    this.site = site;
    this.mostPages = mostPages;
  }

  /** What one hour has. */
  static final class OfHour {
    long views;
    long robots;
  }

  /** What one page of a day has. Networks are told apart as Redis does it, by 5 bits. */
  static final class OfPage {
    final Page page;
    final Instant first;
    long views;
    private int networks;

    private OfPage(Page page, Instant first) {
      this.page = page;
      this.first = first;
    }

    /** Who sends no addresses says nothing of how many there were: one. Lists have no ~other. */
    int networks() {
      return page.isOther() ? 0 : Math.max(1, Integer.bitCount(networks));
    }
  }

  @Override
  public void accept(LoggedHit hit) {
    passed(hit.number());
    if (isTooLarge()) {
      return;
    }
    accepted++;
    long at = hit.time().toEpochMilli();
    Period now = period != null && period.contains(at) ? period : Period.at(site.zone(), at);
    period = now;
    OfHour hour = hours.computeIfAbsent(now, of -> keep(new OfHour(), 0));
    boolean ignored =
        hit.address() != null && Prefix.anyContains(site.rules().ignoredNetworks(), hit.address());
    if (hit.agent().robot() || ignored) {
      hour.robots++;
    } else if (!isRepeated(hit)) {
      hour.views++;
      views++;
      count(hit, now.day());
    }
  }

  private void count(LoggedHit hit, LocalDate date) {
    Map<Long, OfPage> day = pages.computeIfAbsent(date, of -> new TreeMap<>());
    // Its name at least: what PostgreSQL finds to be too many is counted for it, too.
    day.computeIfAbsent(Page.OTHER.key(), of -> keep(Page.OTHER, hit));
    Page page =
        day.size() < mostPages || day.containsKey(hit.page().key()) ? hit.page() : Page.OTHER;
    OfPage counted = day.computeIfAbsent(page.key(), of -> keep(page, hit));
    counted.views++;
    if (hit.address() != null) {
      counted.networks |= 1 << (Arrays.hashCode(Network.block(hit.address())) * 0x9E3779B9 >>> 27);
    }
  }

  private OfPage keep(Page page, LoggedHit hit) {
    return keep(new OfPage(page, hit.time()), 2 * page.path().length());
  }

  private <T> T keep(T counted, int more) {
    kept += EACH + more;
    if (isTooLarge()) {
      refuseAll("too many different pages and hours to count at once; split the file");
    }
    return counted;
  }

  /** Then nothing of it may be written. */
  public boolean isTooLarge() {
    return kept > MOST_KEPT;
  }

  private boolean isRepeated(LoggedHit hit) {
    int within = site.rules().repeatViewSeconds();
    if (hit.address() == null || within == 0) {
      return false;
    }
    LoggedHit.Viewing viewing =
        new LoggedHit.Viewing(
            hit.page().key(),
            ByteBuffer.wrap(Network.of(hit.address())),
            ByteBuffer.wrap(hit.agent().kind()));
    Instant last = viewings.get(viewing);
    if (last != null && Duration.between(last, hit.time()).abs().toSeconds() < within) {
      return true;
    }
    viewings.remove(viewing);
    viewings.put(viewing, hit.time());
    if (viewings.size() > VIEWINGS_REMEMBERED) {
      Iterator<LoggedHit.Viewing> earliest = viewings.keySet().iterator();
      earliest.next();
      earliest.remove();
    }
    return false;
  }
}
