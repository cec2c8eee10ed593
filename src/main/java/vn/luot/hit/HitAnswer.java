package vn.luot.hit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.nio.charset.StandardCharsets;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import vn.luot.reading.Completion.Shown;
import vn.luot.reading.base.Sums;
import vn.luot.site.Page;

/**
 * The numbers after a counted hit. Whatever is not known at the moment is null.
 *
 * @param online visitors seen within the site's window, this one among them
 * @param page the page as it was counted
 * @param heartbeatSeconds when to say that the visitor is still there
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.ALWAYS)
public record HitAnswer(
    @Schema(nullable = true, examples = "34") Long online,
    Count views,
    Count visits,
    PageCount page,
    long heartbeatSeconds) {

  /** Of the site. */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Count(
      @Schema(nullable = true, examples = "812") Long today,
      @Schema(nullable = true, examples = "2743755") Long total) {
    private static final Count UNKNOWN = new Count(null, null);

    static Count of(Sums sums) {
      return sums == null ? UNKNOWN : new Count(sums.today(), sums.total());
    }
  }

  /**
   * Of the page.
   *
   * @param path the normalised path
   */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record PageCount(
      @Schema(examples = "/tin-tuc/a") String path,
      @Schema(nullable = true, examples = "440") Long views) {}

  /** As Jackson would write it, without looking for a serialiser. */
  byte[] json() {
    StringBuilder json = new StringBuilder(192 + page.path.length());
    number(json, "{\"online\":", online);
    count(json, ",\"views\":", views);
    count(json, ",\"visits\":", visits);
    json.append(",\"page\":{\"path\":\"");
    JsonStringEncoder.getInstance().quoteAsString(page.path, json);
    number(json, "\",\"views\":", page.views);
    json.append("},\"heartbeatSeconds\":").append(heartbeatSeconds).append('}');
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void count(StringBuilder json, String name, Count count) {
    number(json.append(name), "{\"today\":", count.today);
    number(json, ",\"total\":", count.total);
    json.append('}');
  }

  private static void number(StringBuilder json, String name, Long number) {
    json.append(name);
    if (number == null) {
      json.append("null");
    } else {
      // As a Long it would become a text of its own first.
      json.append(number.longValue());
    }
  }

  static HitAnswer of(Page page, Shown shown, long heartbeatSeconds) {
    return new HitAnswer(
        shown.online(),
        Count.of(shown.views()),
        Count.of(shown.visits()),
        new PageCount(page.path(), shown.pageViews()),
        heartbeatSeconds);
  }
}
