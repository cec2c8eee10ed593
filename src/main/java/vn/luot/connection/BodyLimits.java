package vn.luot.connection;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;

/**
 * Holds every body to the limit of its call, before any of it is read or, where it comes in chunks,
 * as soon as it is longer. A large one is read here: JAX-RS would hold a thread until it is whole.
 */
@Singleton
public class BodyLimits {
  private static final long OF_ALL_ELSE = 2048;
  private static final long SMALL = 4096;

  private final long imports;
  private final long others;

  BodyLimits(Config config) {
    this.imports = config.imports().asLongValue();
    this.others = config.others().asLongValue();
  }

  void register(@Observes Filters filters) {
    RequestStep.BODY_LIMITS.take(filters, this::limit);
  }

  /** Whether it may have more of a body than what a pod keeps of any connection. */
  public static boolean isLarge(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return length == null
        ? request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
        : isOver(length, SMALL);
  }

  private void limit(RoutingContext context) {
    HttpServerRequest request = context.request();
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    boolean isImport = isImport(request);
    long most = isImport ? imports : isOwners(request) ? others : OF_ALL_ELSE;
    if (length != null && isOver(length, most)) {
      refuse(context, most, isOver(length, others));
    } else if (!isImport && isLarge(request)) {
      read(context, most);
    } else {
      context.next();
    }
  }

  /** Access has let their senders in. Whoever calls for anything else may be a stranger. */
  private static boolean isOwners(HttpServerRequest request) {
    return request.path().startsWith("/admin/v1/");
  }

  private static boolean isImport(HttpServerRequest request) {
    return request.method() == HttpMethod.POST
        && request.path().startsWith("/admin/v1/sites/")
        && request.path().endsWith("/imports");
  }

  private static boolean isOver(String length, long most) {
    return length.length() > 18 || Long.parseLong(length) > most;
  }

  /** {@code cutOff} whoever would go on sending: what is still on its way is not read. */
  private static void refuse(RoutingContext context, long most, boolean cutOff) {
    if (cutOff) {
      context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    context.fail(413, Refusal.of(Reason.TOO_LARGE, "Send at most " + most + " bytes."));
  }

  private static void read(RoutingContext context, long most) {
    HttpServerRequest request = context.request();
    Buffer body = Buffer.buffer();
    request.handler(
        piece -> {
          if (context.failed()) {
            return;
          }
          if (body.length() + piece.length() > most) {
            refuse(context, most, true);
          } else {
            body.appendBuffer(piece);
          }
        });
    request.endHandler(
        end -> {
          if (!context.failed()) {
            ((RoutingContextInternal) context).setBody(body);
            context.next();
          }
        });
    if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
      context.response().writeContinue();
    }
    request.resume();
  }

  /** Settings of how large bodies may be; calls that are not owners' may have 2 KiB. */
  @ConfigMapping(prefix = "luot.bodies")
  public interface Config {
    /** The largest file to import; kept in memory until it is imported. */
    @WithDefault("32M")
    MemorySize imports();

    /** What the body of any other call of owners may have at most. */
    @WithDefault("64K")
    MemorySize others();
  }
}
