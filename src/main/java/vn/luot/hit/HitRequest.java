package vn.luot.hit;

import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;
import vn.luot.site.PageRule;
import vn.luot.site.Site;
import vn.luot.site.page.Measure;
import vn.luot.site.page.Page;

/**
 * What a page sends to be counted. Unknown fields are ignored.
 *
 * @param page the page's path or explicit id, at most 512 bytes of UTF-8; needed unless {@code
 *     download} is sent
 * @param title what lists call the page; cut after 300 characters
 * @param referrer the address the visitor came from; only its host is kept, and only where it is
 *     not one of the site's own
 * @param want what else the page shows, so that one request fills every slot: names as slots have
 *     them, such as {@code views-week}, {@code visitors-today}, {@code rating-average} (the
 *     page's), {@code portal-rating-count}. A name that is not known is ignored, as a newer script
 *     may meet an older service
 * @param pages further pages whose numbers the page shows, as {@code page} is written, or with
 *     {@code ~download:} before a file's path its downloads; the first 100 are answered, in this
 *     order
 * @param download the path or explicit id of a file whose link was clicked, as {@code page} is
 *     written. The hit counts this one download, and neither a view nor a visit; {@code page} is
 *     not needed then
 */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
public record HitRequest(
    @Nullable String page,
    @Schema(nullable = true) @Nullable String title,
    @Schema(nullable = true) @Nullable String referrer,
    @Schema(nullable = true) @Nullable Set<String> want,
    @Schema(nullable = true) @Nullable List<String> pages,
    @Schema(nullable = true, examples = "/van-ban/12-qd-ubnd.pdf") @Nullable String download) {
  /** A page that shows nothing else. */
  public HitRequest(@Nullable String page, @Nullable String title, @Nullable String referrer) {
    this(page, title, referrer, null, null, null);
  }

  public HitRequest {
    want = want == null ? null : want.stream().filter(Objects::nonNull).collect(toSet());
  }

  /** What it counts, as a site has it. */
  Page counted(Site site) {
    return download == null
        ? PageRule.ofHit(site, page, "page")
        : PageRule.ofHit(site, download, "download").counting(Measure.DOWNLOADS);
  }

  boolean wants(Pattern names) {
    return want != null && want.stream().anyMatch(name -> names.matcher(name).matches());
  }

  /** Reads the body of a hit, whatever media type a page had to use to avoid a preflight. */
  @Singleton
  public static class Reader {
    static final int MOST_BYTES = 2048;

    private final ObjectReader reader;

    Reader(ObjectMapper json) {
      this.reader =
          json.readerFor(HitRequest.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    HitRequest read(byte[] body) {
      if (body.length > MOST_BYTES) {
        throw Refusal.of(Reason.TOO_LARGE, "Send at most " + MOST_BYTES + " bytes.");
      }
      try {
        HitRequest request = reader.readValue(body);
        if (request == null) {
          throw malformed();
        }
        return request;
      } catch (IOException e) {
        throw malformed();
      }
    }

    private static Refusal malformed() {
      return Refusal.of(Reason.MALFORMED, "Send a JSON object, such as {\"page\":\"/tin-tuc/a\"}.");
    }
  }
}
