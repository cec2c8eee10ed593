package vn.luot.admin.call;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClosedException;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import vn.luot.connection.Internals;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;
import vn.luot.setting.Allowed;

/**
 * Lets a few owners' calls work at once and the others wait for their turn, so that whatever one
 * key asks for takes a part of PostgreSQL and of the pod's memory, never all. Hits and public reads
 * do not come here.
 *
 * <p>A call works until its answer begins, and is open until that has left or the client is gone.
 */
@Singleton
public class Turns {
  private static final String KEY = "luot.turn";
  private static final Duration SOON = Duration.ofSeconds(2);

  private final Config config;
  private final Vertx vertx;
  private final Map<Whose, Share> shares = new HashMap<>();

  /** In the order in which they came. */
  private final List<Turn> waiting = new ArrayList<>();

  private final Share owners = new Share();
  private final Share links = new Share();

  Turns(Config config, Vertx vertx) {
    this.config = config;
    this.vertx = vertx;
  }

  /**
   * Whose share a call takes. Links are public where they stand in a page, and there may be many:
   * those of all sites together have half of all.
   */
  public record Whose(Object name, boolean link) {}

  /** What the calls of one site, or of one key of every site, take; also those of all together. */
  private static final class Share {
    int open;
    int working;
  }

  private static final class Turn {
    final Whose whose;
    final Share share;
    final Share group;
    Runnable begin = () -> {};
    boolean working;
    boolean ended;

    Turn(Whose whose, Share share, Share group) {
      this.whose = whose;
      this.share = share;
      this.group = group;
    }
  }

  /** The call is open from now on. Refused with 429 or 503 where too many are. */
  public void open(Whose whose, RoutingContext call) {
    if (call.get(KEY) == null) {
      Turn turn = add(whose);
      call.put(KEY, turn);
      call.addHeadersEndHandler(begun -> rest(turn));
      call.addEndHandler(ended -> awaitSent(turn, call));
      if (call.response().closed()) {
        end(turn);
      }
    }
  }

  /**
   * Completes when the call may work. Fails as {@link #open}, and where its client has left:
   * nothing is begun for nobody.
   */
  public Uni<Void> take(Whose whose, RoutingContext call) {
    return Uni.createFrom()
        .<Void>emitter(emitter -> enter(whose, call, emitter))
        .ifNoItem()
        .after(config.waitAtMost())
        .failWith(
            () -> Refusal.after(Reason.OVERLOADED, "Other calls of owners are running.", SOON));
  }

  private void enter(Whose whose, RoutingContext call, UniEmitter<? super Void> emitter) {
    Context context = vertx.getOrCreateContext();
    try {
      open(whose, call);
    } catch (Refusal refusal) {
      emitter.fail(refusal);
      return;
    }
    await(call.get(KEY), () -> context.runOnContext(now -> begin(call, emitter)));
  }

  private static void begin(RoutingContext call, UniEmitter<? super Void> emitter) {
    if (call.response().closed()) {
      emitter.fail(new HttpClosedException("the client has left"));
    } else {
      emitter.complete(null);
    }
  }

  private synchronized void await(Turn turn, Runnable begin) {
    if (turn.ended) {
      begin.run();
    } else {
      turn.begin = begin;
      waiting.add(turn);
      letIn();
    }
  }

  private synchronized Turn add(Whose whose) {
    Share share = shares.getOrDefault(whose, new Share());
    if (share.open >= config.openOfOne()) {
      throw Refusal.after(
          Reason.TOO_MANY,
          "%d calls of your site's keys are open; send the next one when one is answered."
              .formatted(share.open),
          SOON);
    }
    if (owners.open + links.open >= config.open()
        || whose.link && 2 * links.open >= config.open()) {
      throw Refusal.after(Reason.OVERLOADED, "Too many calls of owners are open.", SOON);
    }
    shares.put(whose, share);
    Turn turn = new Turn(whose, share, whose.link ? links : owners);
    turn.share.open++;
    turn.group.open++;
    return turn;
  }

  /** Whoever has come first, of those whose share is not used up. */
  private synchronized void letIn() {
    for (int i = 0; i < waiting.size() && owners.working + links.working < config.atOnce(); i++) {
      Turn next = waiting.get(i);
      if (next.share.working < config.atOnceOfOne()
          && !(next.whose.link && 2 * links.working >= config.atOnce())) {
        waiting.remove(i--);
        next.working = true;
        next.share.working++;
        next.group.working++;
        next.begin.run();
      }
    }
  }

  /** The call only waits from now on, such as for a file to arrive. */
  public void rest(RoutingContext call) {
    if (call.get(KEY) instanceof Turn turn) {
      rest(turn);
    }
  }

  private synchronized void rest(Turn turn) {
    if (turn.working) {
      turn.working = false;
      turn.share.working--;
      turn.group.working--;
      letIn();
    }
  }

  private void awaitSent(Turn turn, RoutingContext call) {
    rest(turn);
    long limit =
        vertx.setTimer(config.readWithin().toMillis(), late -> call.request().connection().close());
    Internals.whenSent(
        call.request(),
        () -> {
          vertx.cancelTimer(limit);
          end(turn);
        });
  }

  private synchronized void end(Turn turn) {
    if (!turn.ended) {
      turn.ended = true;
      waiting.remove(turn);
      rest(turn);
      turn.group.open--;
      if (--turn.share.open == 0) {
        shares.remove(turn.whose);
      }
    }
  }

  /**
   * How many owners' calls a pod works on at once. All keys of one site share that site's limits; a
   * key or person of every site has them for itself.
   */
  @ConfigMapping(prefix = "luot.owners")
  interface Config {
    /**
     * Calls worked on at once: half of PostgreSQL's connections, so that the flush keeps its own.
     * Shared links have half of them at most, and of those that are open.
     */
    @WithDefault("4")
    @WithConverter(Allowed.FromOne.class)
    int atOnce();

    /** Of these, the calls of one site. */
    @WithDefault("2")
    @WithConverter(Allowed.FromOne.class)
    int atOnceOfOne();

    /**
     * Calls that are worked on, wait, or whose answer is still being sent; more are answered 503.
     */
    @WithDefault("100")
    @WithConverter(Allowed.FromOne.class)
    int open();

    /** Of these, the calls of one site; more are answered 429. */
    @WithDefault("20")
    @WithConverter(Allowed.FromOne.class)
    int openOfOne();

    /** The longest a call waits before it is answered 503. */
    @WithDefault("5s")
    @WithConverter(Allowed.SomeTime.class)
    Duration waitAtMost();

    /** How long a client may take to read what is left of an answer; then it is disconnected. */
    @WithDefault("10s")
    @WithConverter(Allowed.SomeTime.class)
    Duration readWithin();
  }
}
