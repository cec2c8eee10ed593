package vn.luot.reading;

import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.CompletionStage;
import vn.luot.site.Site;

/** A read whose answer many are given: it is put together and written once for all of them. */
public interface SharedRead {
  /** What follows the site in the path. */
  String call();

  /** Whether nothing unusual is asked for: whatever is goes to the resource. */
  boolean isOrdinary(RoutingContext context);

  CompletionStage<Written> read(Site site, RoutingContext context);

  /**
   * An answer as it is sent.
   *
   * @param gzip the same compressed; null where it is too short to be worth it
   * @param tag the entity's, as the header has it, or null
   * @param cacheControl null where that of all such calls is right
   */
  record Written(byte[] json, byte[] gzip, String tag, String cacheControl) {}
}
