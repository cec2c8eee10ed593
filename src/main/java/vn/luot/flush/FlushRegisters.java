package vn.luot.flush;

import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import vn.luot.connection.Unis;
import vn.luot.flush.day.Chunk;
import vn.luot.flush.day.Chunk.Pace;
import vn.luot.flush.day.Chunk.Scan;
import vn.luot.flush.day.Days;
import vn.luot.flush.day.FlushConfig;
import vn.luot.live.ReadRegisters;
import vn.luot.live.redis.Keys;
import vn.luot.live.redis.RedisCommands;
import vn.luot.live.redis.Script;
import vn.luot.register.Kind;
import vn.luot.register.Register;
import vn.luot.register.RegisterTables;
import vn.luot.register.SiteDay;

/** Takes the dirty registers of a day to PostgreSQL: those of one kind, a chunk at a time. */
@Singleton
record FlushRegisters(
    RedisCommands redis,
    ReadRegisters registers,
    RegisterTables tables,
    FlushConfig config,
    FlushMetrics metrics) {
  private static final Script CONFIRM = Script.named("confirm");

  /** How many wait, those of referrers aside. */
  Uni<Integer> dirty(Days.Dirty day) {
    return redis
        .run(Command.SCARD, Keys.dirtyPages(day.day()))
        .map(pages -> pages.toInteger() + day.of(Kind.HOURS).size());
  }

  Uni<Void> flush(Kind kind, Days.Dirty day, Pace pace) {
    return Chunk.takeAll(
        pace,
        cursor -> read(kind, day, cursor, pace.chunk()),
        found -> take(kind, day.day(), found),
        taken -> confirm(kind, day, taken));
  }

  private Uni<Chunk<List<Register>>> read(Kind kind, Days.Dirty dirty, String cursor, int size) {
    SiteDay day = dirty.day();
    return switch (kind) {
      case PAGES ->
          new Scan(redis::send, Command.SSCAN, Keys.dirtyPages(day))
              .chunk(cursor, size)
              .flatMap(
                  found ->
                      read(kind, day, List.copyOf(found.rows().keySet()))
                          .map(pages -> new Chunk<>(pages, found.next())));
      // All hosts at once: there are few, and they have one mark.
      case REFERRERS -> (dirty.of(kind).isEmpty() ? none() : hosts(day)).map(Chunk::only);
      default -> read(kind, day, dirty.of(kind)).map(Chunk::only);
    };
  }

  private Uni<List<Register>> read(Kind kind, SiteDay day, List<String> keys) {
    return Unis.of(() -> registers.durably(kind, day, keys));
  }

  private Uni<List<Register>> hosts(SiteDay day) {
    Request request = Request.cmd(Command.HGETALL).arg(Keys.referrers(day));
    return Unis.of(() -> redis.sendDurably(request)).map(FlushRegisters::hosts);
  }

  private static List<Register> hosts(Response views) {
    List<Register> hosts = new ArrayList<>();
    for (String host : views.getKeys()) {
      hosts.add(new Register(host, views.get(host).toLong()));
    }
    return hosts;
  }

  private static Uni<List<Register>> none() {
    return Uni.createFrom().item(List.of());
  }

  private Uni<Void> take(Kind kind, SiteDay day, List<Register> found) {
    return tables
        .merge(kind, day, found)
        .plug(Unis.within(config.giveUpAfter()))
        .invoke(() -> metrics.flushed(found.size()));
  }

  /**
   * Tells Redis what PostgreSQL has committed. What changed meanwhile stays dirty, so that nothing
   * depends on when, how often or by whom this is called. An hour stays dirty as long as anything
   * else of its day: it is by its mark that the day is found.
   */
  private Uni<Void> confirm(Kind kind, Days.Dirty dirty, List<Register> taken) {
    SiteDay day = dirty.day();
    String dirtyOfBucket = Keys.dirty(Keys.bucket(day.site()));
    String prefix = day.mark() + ":";
    List<String> others = List.of(Keys.dirtyPages(day), Keys.names(day.site()));
    return switch (kind) {
      case PAGES -> confirm(kind, day, taken, new Marks(Keys.dirtyPages(day), "", List.of()));
      case HOURS -> confirm(kind, day, taken, new Marks(dirtyOfBucket, prefix, others));
      case DEVICES -> confirm(kind, day, taken, new Marks(dirtyOfBucket, prefix, List.of()));
      case REFERRERS ->
          dirty.of(kind).isEmpty()
              ? Uni.createFrom().voidItem()
              : confirmHosts(day, dirtyOfBucket, prefix + dirty.of(kind).get(0), taken);
    };
  }

  /**
   * Where it is marked that registers are dirty.
   *
   * @param prefix before a register's key, its mark
   * @param others which must be gone first
   */
  private record Marks(String key, String prefix, List<String> others) {}

  /** One chunk after the other, so that hits come in between. */
  private Uni<Void> confirm(Kind kind, SiteDay day, List<Register> taken, Marks marks) {
    return Unis.inTurn(Script.chunks(taken), chunk -> confirmChunk(kind, day, chunk, marks));
  }

  private Uni<Void> confirmChunk(Kind kind, SiteDay day, List<Register> taken, Marks marks) {
    List<String> keys = new ArrayList<>();
    keys.add(marks.key);
    keys.addAll(marks.others);
    List<Object> args = new ArrayList<>(List.of(marks.others.size(), kind.counts.size()));
    for (Register register : taken) {
      keys.add(Keys.register(kind, day, register.key()));
      args.add(marks.prefix + register.key());
      args.add(Arrays.stream(register.counts()).sum());
      args.addAll(kind.fields(register.key()));
    }
    return confirm(keys, args);
  }

  private Uni<Void> confirmHosts(SiteDay day, String marks, String mark, List<Register> taken) {
    long sum = taken.stream().mapToLong(host -> host.counts()[0]).sum();
    List<String> keys = List.of(marks, Keys.referrers(day));
    return confirm(keys, List.of(0, 0, mark, sum));
  }

  private Uni<Void> confirm(List<String> keys, List<Object> args) {
    return redis.run(CONFIRM, keys, args).replaceWithVoid();
  }
}
