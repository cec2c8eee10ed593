package vn.luot.reading.base;

import java.time.LocalDate;
import java.util.List;
import vn.luot.register.SiteDay;

/**
 * The registers beside the current one that Redis may know better than PostgreSQL, because their
 * last hits are not flushed yet: the epoch before today, this epoch yesterday, the epoch before
 * yesterday. Older ones are flushed long since.
 */
final class LateRegisters {
  private LateRegisters() {}

  static List<SiteDay> of(int site, LocalDate today, long epoch, long previousEpoch) {
    LocalDate yesterday = today.minusDays(1);
    return List.of(
        new SiteDay(previousEpoch, site, today),
        new SiteDay(epoch, site, yesterday),
        new SiteDay(previousEpoch, site, yesterday));
  }
}
