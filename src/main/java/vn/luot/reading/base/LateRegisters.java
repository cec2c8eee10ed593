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

  static List<SiteDay> of(SiteDay current, long previousEpoch) {
    LocalDate yesterday = current.day().minusDays(1);
    return List.of(
        new SiteDay(previousEpoch, current.site(), current.day()),
        new SiteDay(current.epoch(), current.site(), yesterday),
        new SiteDay(previousEpoch, current.site(), yesterday));
  }
}
