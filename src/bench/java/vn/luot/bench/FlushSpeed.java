package vn.luot.bench;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import vn.luot.bench.load.Answers;
import vn.luot.bench.load.Pace;
import vn.luot.bench.machine.Backing;
import vn.luot.bench.machine.RedisPipe;
import vn.luot.faults.Flushed;
import vn.luot.faults.RedisCommand;
import vn.luot.live.redis.Keys;
import vn.luot.register.SiteDay;

/** How fast many registers reach PostgreSQL, and what hits feel of it. */
final class FlushSpeed {
  private static final String SITE = "flushed";
  private static final int ARRIVALS = 2_000;
  private static final int SHARDS_LOOKED_AT = 256;

  private final Size size;
  private final Report report;
  private final Backing backing;

  FlushSpeed(Size size, Report report, Backing backing) {
    this.size = size;
    this.report = report;
    this.backing = backing;
  }

  void measure(Variants variants) {
    variants.register(SITE);
    variants.luot.awaitSite(SITE);
    Variant luot = variants.all.get("luot");
    // Opens an epoch.
    luot.with(luot.target().withSites(Variants.hitsOf(SITE), 1)).load(new Pace(1, 10, 1), 1);
    Flushed.await(backing.redisPort);
    luot.load(Pace.closed(size.connections(), size.warmUp()), 0);
    Flushed.await(backing.redisPort);
    Registers registers = new Registers(variants);
    Pace quiet = new Pace(size.connections(), ARRIVALS, size.seconds());
    report.note("hits without a flush, " + ARRIVALS + "/s", luot.load(quiet, 1));
    registers.fill();
    report.note("registers/s inserted", flush(registers));
    report.note("bytes of Redis a page", registers.page());
    registers.fill();
    CompletableFuture<Answers> hits = CompletableFuture.supplyAsync(() -> luot.load(quiet, 2));
    report.note("registers/s updated, beside hits", flush(registers));
    report.note("hits during the flush, " + ARRIVALS + "/s", hits.join());
    report.note("bytes of Redis a visitor", registers.visitor());
    registers.check();
  }

  /** From when the first are gone until all are. */
  private double flush(Registers registers) {
    registers.mark();
    long all = registers.dirty();
    long first = all;
    while (first == all) {
      first = registers.dirty();
    }
    long begin = System.nanoTime();
    while (registers.dirty() > 0) {
      pause();
    }
    return first * 1e9 / (System.nanoTime() - begin);
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** One view more of each of many pages, as the script would have recorded it. */
  private final class Registers {
    private final Variants variants;
    private final int site;
    private final LocalDate day = LocalDate.now(ZoneId.of("Asia/Ho_Chi_Minh"));
    private final long epoch;
    private long filled;

    Registers(Variants variants) {
      this.variants = variants;
      this.site = (int) variants.database.number("SELECT id FROM site WHERE slug = '" + SITE + "'");
      this.epoch = Long.parseLong(command("HGET", Keys.epoch(), "epoch"));
    }

    private String command(String... words) {
      return RedisCommand.send(backing.redisPort, words);
    }

    void fill() {
      Random keys = new Random(1);
      try (RedisPipe pipe = new RedisPipe(backing.redisPort)) {
        for (int i = 0; i < size.registers(); i++) {
          long page = keys.nextLong();
          String shard = Keys.pages(new SiteDay(epoch, site, day), Keys.shard(page));
          pipe.send("HINCRBY", shard, Long.toString(page), "1");
          pipe.send("SADD", Keys.dirtyPages(new SiteDay(epoch, site, day)), Long.toString(page));
        }
        pipe.send(
            "HINCRBY", Keys.day(new SiteDay(epoch, site, day)), "views", "" + size.registers());
      }
      filled++;
      awaitRewrite();
    }

    /** Redis rewrites its file after so much was written to it, which takes it a core. */
    private void awaitRewrite() {
      while (command("INFO", "persistence").contains("aof_rewrite_in_progress:1")) {
        pause();
      }
    }

    /** Lets the flush find them. */
    void mark() {
      long hour = System.currentTimeMillis() / 3_600_000 * 3_600;
      String views = Long.toString(size.registers());
      command("HINCRBY", Keys.day(new SiteDay(epoch, site, day)), "v" + hour, views);
      command(
          "SADD", Keys.dirty(Keys.bucket(site)), new SiteDay(epoch, site, day).mark() + ":" + hour);
    }

    long dirty() {
      return Long.parseLong(
          command("SCARD", Keys.dirtyPages(new SiteDay(epoch, site, day))).substring(1));
    }

    long page() {
      long bytes = 0;
      for (int shard = 0; shard < SHARDS_LOOKED_AT; shard++) {
        bytes += memory(Keys.pages(new SiteDay(epoch, site, day), shard));
      }
      return bytes * Keys.SHARDS / SHARDS_LOOKED_AT / size.registers();
    }

    long visitor() {
      int visitors = 200_000;
      try (RedisPipe pipe = new RedisPipe(backing.redisPort)) {
        for (int i = 0; i < visitors; i++) {
          pipe.send("HSET", Keys.present(0, 0), "%08d".formatted(i), "12345");
        }
      }
      long bytes = memory(Keys.present(0, 0));
      command("DEL", Keys.present(0, 0));
      return bytes / visitors;
    }

    /** Of a key and what it holds. */
    private long memory(String key) {
      return Long.parseLong(command("MEMORY", "USAGE", key, "SAMPLES", "0").substring(1));
    }

    /** The totals are exact. */
    void check() {
      Flushed.await(backing.redisPort);
      long rows =
          variants.database.number("SELECT sum(views) FROM page_views WHERE site_id = " + site);
      long total =
          variants.database.number("SELECT sum(views) FROM page_total WHERE site_id = " + site);
      if (rows != total || rows < filled * size.registers()) {
        throw new IllegalStateException("rows %d, total %d".formatted(rows, total));
      }
    }
  }
}
