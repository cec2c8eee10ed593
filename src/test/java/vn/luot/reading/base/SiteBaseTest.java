package vn.luot.reading.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class SiteBaseTest {
  private static final LocalDate DAY = LocalDate.of(2026, 3, 1);
  private static final Sums NONE = new Sums(0, 0, 0, 0, 0, 0);

  private static SiteBase base(long epoch, long viewsToday) {
    Sums views = new Sums(viewsToday, 0, 0, 0, 0, viewsToday);
    return new SiteBase(DAY, epoch, views, NONE, 0, 0, new NeverBack());
  }

  @Test
  void visitorsThatRedisHasLostAreNotKnownRatherThanNone() {
    assertEquals(0, base(1, 0).plusVisitorsToday(0));
    assertNull(base(2, 4).plusVisitorsToday(0));
    assertEquals(1, base(2, 4).plusVisitorsToday(1));
  }

  @Test
  void visitorsOnceShownStayInAnotherEpochOfTheDay() {
    SiteBase first = base(1, 0);
    assertEquals(5, first.plusVisitorsToday(5));
    SiteBase second = base(2, 9).goingOnFrom(first);
    assertEquals(5, second.plusVisitorsToday(0));
    assertEquals(5, second.plusVisitorsToday(2));
    assertEquals(7, second.plusVisitorsToday(7));
  }
}
