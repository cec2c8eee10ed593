package vn.luot.reading.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import vn.luot.reading.base.SiteBase.MonotoneNumbers;
import vn.luot.register.SiteDay;
import vn.luot.total.SiteSums.Pair;

class SiteBaseTest {
  private static final LocalDate DAY = LocalDate.of(2026, 3, 1);
  private static final Sums NONE = new Sums(0, 0, 0, 0, 0, 0);

  private static SiteBase base(long epoch, long viewsToday) {
    Sums views = new Sums(viewsToday, 0, 0, 0, 0, viewsToday);
    return base(epoch, views, 0);
  }

  private static SiteBase base(long epoch, Sums views, long opening) {
    Pair owners = new Pair(opening, 0);
    return new SiteBase(
        new SiteDay(epoch, 1, DAY), views, NONE, 0, 0, owners, new MonotoneNumbers());
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

  @Test
  void viewsOnceShownStayAndTheOpeningBalanceDoesNot() {
    SiteBase first = base(1, NONE, 100);
    assertEquals(107, first.plusToday(7, 0).views().total());
    SiteBase lost = base(2, NONE, 50).goingOnFrom(first);
    assertEquals(57, lost.plusToday(2, 0).views().total());
    assertEquals(7, lost.plusToday(2, 0).views().today());
    assertEquals(58, lost.plusToday(8, 0).views().total());
  }
}
