package vn.luot.admin.imports;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import vn.luot.connection.BodyLimits;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;

/**
 * The files that a pod keeps to import them, one of a site. They arrive beside each other and are
 * worked on in turn, so that one that comes slowly keeps nobody out. Where they take more memory
 * together than one file may have, the slowest is given up.
 */
@Singleton
public class Places {
  private static final Duration SOON = Duration.ofSeconds(2);

  private final int files;
  private final long mostKept;
  private final Duration waitAtMost;
  private final Map<Integer, Place> bySite = new HashMap<>();
  private final Queue<Place> waiting = new ArrayDeque<>();
  private int free;

  @Inject
  Places(ImportsConfig config, BodyLimits.Config bodies) {
    this(config.files(), config.atOnce(), bodies.imports().asLongValue(), config.waitAtMost());
  }

  Places(int files, int atOnce, long mostKept, Duration waitAtMost) {
    this.files = files;
    this.free = atOnce;
    this.mostKept = mostKept;
    this.waitAtMost = waitAtMost;
  }

  /** Refused while another file of the site is here, or too many are. */
  public synchronized Place take(int site) {
    if (bySite.containsKey(site)) {
      throw Refusal.after(Reason.CONFLICT, "An import of this site is running; wait for it.", SOON);
    }
    if (bySite.size() >= files) {
      throw busy();
    }
    Place place = new Place(site);
    bySite.put(site, place);
    return place;
  }

  private static Refusal busy() {
    return Refusal.forNow(Reason.OVERLOADED, "Other files are being imported; send it later.");
  }

  private synchronized void giveUpTheSlowest() {
    while (bySite.size() > 1 && bySite.values().stream().mapToLong(p -> p.kept).sum() > mostKept) {
      Place slowest =
          bySite.values().stream()
              .filter(place -> !place.arrived.isDone())
              .min(Comparator.comparingDouble(Place::bytesPerSecond))
              .orElse(null);
      if (slowest == null) {
        return;
      }
      bySite.remove(slowest.site);
      slowest.arrived.completeExceptionally(busy());
    }
  }

  private synchronized void letWork() {
    while (free > 0 && !waiting.isEmpty()) {
      free--;
      Place next = waiting.remove();
      next.works = true;
      next.turn.complete(null);
    }
  }

  /** What one file takes. */
  public final class Place {
    final CompletableFuture<Body> arrived = new CompletableFuture<>();
    private final Body body = new Body();
    private final int site;
    private final long begin = System.nanoTime();
    private final CompletableFuture<Void> turn = new CompletableFuture<>();
    private volatile long kept;
    private boolean works;

    private Place(int site) {
      this.site = site;
    }

    /** Takes the file in. The request is paused until now, when its sender was let in. */
    Uni<Body> receive(HttpServerRequest request, Duration within) {
      String encoding = request.getHeader("Content-Encoding");
      if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
        // What unpacks to more than it weighs could not be bounded.
        throw Refusal.of(Reason.UNSUPPORTED_MEDIA_TYPE, "Send the file unpacked.");
      }
      request.handler(piece -> receive(request, piece));
      request.exceptionHandler(arrived::completeExceptionally);
      request.endHandler(end -> end());
      if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
        request.response().writeContinue();
      }
      request.resume();
      return Uni.createFrom()
          .completionStage(arrived)
          .ifNoItem()
          .after(within)
          .failWith(() -> Refusal.of(Reason.MALFORMED, "The file took too long to arrive."));
    }

    private void receive(HttpServerRequest request, Buffer piece) {
      if (arrived.isDone()) {
        return;
      }
      if (body.size() + piece.length() <= mostKept) {
        add(piece.getBytes());
      } else if (arrived.completeExceptionally(tooLarge())) {
        request.pause();
      }
    }

    private Refusal tooLarge() {
      return Refusal.of(
          Reason.TOO_LARGE, "Send at most %d bytes; split the file.".formatted(mostKept));
    }

    void add(byte[] piece) {
      body.add(piece);
      if (kept < body.kept()) {
        kept = body.kept();
        giveUpTheSlowest();
      }
    }

    void end() {
      body.close();
      arrived.complete(body);
    }

    private double bytesPerSecond() {
      return 1e9 * kept / Math.max(1, System.nanoTime() - begin);
    }

    /** Completes when it may be worked on. */
    public Uni<Void> turn() {
      synchronized (Places.this) {
        waiting.add(this);
      }
      letWork();
      return Uni.createFrom()
          .completionStage(turn)
          .ifNoItem()
          .after(waitAtMost)
          .failWith(Places::busy);
    }

    /** To be called at the end, in whatever way it comes. */
    public void leave() {
      synchronized (Places.this) {
        bySite.remove(site, this);
        waiting.remove(this);
        free += works ? 1 : 0;
        works = false;
      }
      letWork();
    }
  }
}
