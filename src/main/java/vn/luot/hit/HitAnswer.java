package vn.luot.hit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import vn.luot.hit.ExtraNumbers.Extras;
import vn.luot.reading.CountersReader.Counters;
import vn.luot.reading.PagesReader.PageNumbers.PageNumber;
import vn.luot.reading.base.Completion.Shown;
import vn.luot.reading.base.Rating;
import vn.luot.reading.base.Sums;
import vn.luot.site.page.Page;

/**
 * The numbers after a counted hit. Whatever is not known at the moment is null, and what only some
 * hits want is absent from the others' answers.
 *
 * @param online visitors seen within the site's window, this one among them
 * @param visitors distinct visitors, up to a second old
 * @param page as it was counted: {@code ~other} where its path is too long to be one
 * @param portal the site itself
 * @param pages in the order asked; of what cannot be a page, nothing is known
 * @param heartbeatSeconds when to say that the visitor is still there
 */
public record HitAnswer(
    @Schema(nullable = true, examples = "34") @Nullable Long online,
    Count views,
    Count visits,
    @JsonInclude(JsonInclude.Include.NON_NULL) Counters.@Nullable Visitors visitors,
    PageNumber page,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Portal portal,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<PageNumber> pages,
    long heartbeatSeconds) {

  /** Of the site. Those between are there where the hit wants one. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Count(
      @JsonInclude(JsonInclude.Include.ALWAYS) @Schema(nullable = true, examples = "812")
          @Nullable Long today,
      @Nullable Long yesterday,
      @Nullable Long week,
      @Nullable Long month,
      @Nullable Long year,
      @JsonInclude(JsonInclude.Include.ALWAYS) @Schema(nullable = true, examples = "2743755")
          @Nullable Long total) {
    static final Count UNKNOWN = new Count(null, null, null, null, null, null);

    static Count of(@Nullable Sums sums, boolean periods) {
      if (sums == null) {
        return UNKNOWN;
      }
      return periods
          ? new Count(
              sums.today(), sums.yesterday(), sums.week(), sums.month(), sums.year(), sums.total())
          : new Count(sums.today(), null, null, null, null, sums.total());
    }
  }

  /** Of the site itself, where visitors rate it. */
  public record Portal(Rating.Summary rating) {}

  private static final Pattern PERIODS =
      Pattern.compile("(views|visits)-(yesterday|week|month|year)");

  static HitAnswer of(Page page, Shown shown, HitRequest asked, Extras extras, long heartbeat) {
    boolean periods = asked.wants(PERIODS);
    return new HitAnswer(
        shown.online(),
        Count.of(shown.views(), periods),
        Count.of(shown.visits(), periods),
        extras.visitors(),
        PageNumber.of(page, shown.pageViews(), extras.rating()),
        extras.portal() == null ? null : new Portal(extras.portal()),
        extras.pages(),
        heartbeat);
  }

  /** As Jackson would write it, without looking for a serialiser. */
  byte[] json() {
    StringBuilder json = new StringBuilder(192 + page.path().length());
    number(json, "{\"online\":", online);
    count(json, ",\"views\":", views);
    count(json, ",\"visits\":", visits);
    if (visitors != null) {
      number(json, ",\"visitors\":{\"today\":", visitors.today());
      number(json, ",\"yesterday\":", visitors.yesterday());
      number(json, ",\"month\":", visitors.month());
      json.append('}');
    }
    page(json, ",\"page\":{\"path\":", page);
    if (portal != null) {
      rating(json, ",\"portal\":{\"rating\":", portal.rating);
      json.append('}');
    }
    if (pages != null) {
      String before = ",\"pages\":[{\"path\":";
      for (PageNumber one : pages) {
        page(json, before, one);
        before = ",{\"path\":";
      }
      json.append(pages.isEmpty() ? ",\"pages\":[]" : "]");
    }
    json.append(",\"heartbeatSeconds\":").append(heartbeatSeconds).append('}');
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void count(StringBuilder json, String name, Count count) {
    number(json.append(name), "{\"today\":", count.today);
    known(json, ",\"yesterday\":", count.yesterday);
    known(json, ",\"week\":", count.week);
    known(json, ",\"month\":", count.month);
    known(json, ",\"year\":", count.year);
    number(json, ",\"total\":", count.total);
    json.append('}');
  }

  private static void page(StringBuilder json, String before, PageNumber page) {
    json.append(before);
    if (page.path() == null) {
      json.append("null");
    } else {
      JsonStringEncoder.getInstance().quoteAsString(page.path(), json.append('"'));
      json.append('"');
    }
    number(json, ",\"views\":", page.views());
    if (page.rating() != null) {
      rating(json, ",\"rating\":", page.rating());
    }
    known(json, ",\"downloads\":", page.downloads());
    json.append('}');
  }

  private static void rating(StringBuilder json, String name, Rating.Summary rating) {
    number(json.append(name), "{\"count\":", rating.count());
    number(json, ",\"sum\":", rating.sum());
    json.append(",\"average\":").append(rating.average()).append('}');
  }

  private static void known(StringBuilder json, String name, @Nullable Long number) {
    if (number != null) {
      number(json, name, number);
    }
  }

  private static void number(StringBuilder json, String name, @Nullable Long number) {
    json.append(name);
    if (number == null) {
      json.append("null");
    } else {
      // As a Long it would become a text of its own first.
      json.append(number.longValue());
    }
  }
}
