package vn.luot.site.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import vn.luot.SiteTest;
import vn.luot.site.Installation;

/** The registry's copy, which every pod watches. */
@QuarkusTest
class SitesCopyTest extends SiteTest {
  @Inject SiteRows rows;

  private final Copy copy = new Copy();

  private static final class Copy implements SitesCopy {
    private String version;
    private String rows;
    private int writes;
    private boolean repeated;

    @Override
    public Uni<Void> claim() {
      return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Void> keep(String version, String rows) {
      repeated |= version.equals(this.version);
      this.version = version;
      this.rows = rows;
      writes++;
      return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<String> version() {
      return Uni.createFrom().item(version);
    }

    @Override
    public Uni<String> rows() {
      return Uni.createFrom().item(rows);
    }
  }

  private Sites pod() {
    return new Sites(rows, copy, new Installation(), Duration.ZERO);
  }

  private static void await(Uni<Void> done) {
    done.await().atMost(Duration.ofSeconds(60));
  }

  @Test
  void itIsWrittenOnceAVersionHoweverManyPodsWatchIt() {
    Sites one = pod();
    Sites other = pod();
    for (int i = 0; i < 3; i++) {
      await(one.refresh());
      await(other.refresh());
    }
    int before = copy.writes;
    site.database.execute("UPDATE site SET rules = rules WHERE id = " + site.id);
    await(one.refresh());
    await(other.refresh());
    assertTrue(copy.writes > before);
    assertFalse(copy.repeated);
  }

  @Test
  void itIsWrittenAgainWhereRedisLostItAndReadByAPodThatStarts() {
    Sites one = pod();
    await(one.refresh());
    int before = copy.writes;
    copy.version = null;
    await(one.refresh());
    assertEquals(before + 1, copy.writes);
    Sites late = pod();
    await(late.refreshFromCopy());
    assertNotNull(late.known(site.slug));
    assertEquals(one.known(site.slug), late.known(site.slug));
  }
}
