package vn.luot.admin.votes;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.luot.admin.call.Cursor;
import vn.luot.refusal.Refusal;
import vn.luot.site.PageRule;
import vn.luot.site.Site;
import vn.luot.site.page.Page;

/**
 * Which votes are wanted.
 *
 * @param page the page's key; null for all
 * @param beforeMoment where to go on; null at the beginning
 */
record VotesAsked(
    @Nullable Long page,
    String held,
    int limit,
    @Nullable OffsetDateTime beforeMoment,
    long beforeId) {
  /** PostgreSQL knows no moments far beyond them. */
  private static final int FIRST_YEAR = 1970;

  private static final int LAST_YEAR = 9999;
  private static final List<String> HELD = List.of("any", "true", "false", "removed");

  static VotesAsked of(String page, Site site, String held, int limit, @Nullable String cursor) {
    if (!HELD.contains(held)) {
      throw Refusal.ofField("held", "one of any, true, false, removed");
    }
    VotesAsked first = new VotesAsked(key(page, site), held, limit, null, 0);
    return cursor == null || cursor.isEmpty() ? first : first.after(cursor);
  }

  private static @Nullable Long key(String page, Site site) {
    if (page == null || page.isEmpty()) {
      return null;
    }
    return page.equals(Page.PORTAL.path())
        ? Page.PORTAL.key()
        : PageRule.page(site, page, "page").key();
  }

  private VotesAsked after(String cursor) {
    List<String> place = Cursor.read(cursor, list(), 2);
    try {
      OffsetDateTime moment = OffsetDateTime.parse(place.get(0));
      if (moment.getYear() < FIRST_YEAR || moment.getYear() > LAST_YEAR) {
        throw Cursor.refusal();
      }
      return new VotesAsked(page, held, limit, moment, Long.parseLong(place.get(1)));
    } catch (DateTimeException | NumberFormatException e) {
      throw Cursor.refusal();
    }
  }

  String next(OffsetDateTime moment, long id) {
    return Cursor.of(list(), moment.toString(), Long.toString(id));
  }

  private String list() {
    return page + " " + held;
  }

  /** As a condition on the votes v. */
  String condition() {
    return switch (held) {
      case "true" -> " AND v.held IS NOT NULL AND v.held <> 'removed'";
      case "false" -> " AND v.held IS NULL";
      case "removed" -> " AND v.held = 'removed'";
      default -> " AND v.held IS DISTINCT FROM 'removed'";
    };
  }
}
