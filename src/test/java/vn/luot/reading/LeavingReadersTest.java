package vn.luot.reading;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import vn.luot.SampleSite;
import vn.luot.site.Site;

/** Who leaves before a shared answer is there takes it from nobody else. */
@QuarkusTest
class LeavingReadersTest {
  private static final int LIMIT_SECONDS = 60;

  private final Site site = SampleSite.counting(0);
  @Inject CountersReader counters;
  @Inject TopReader top;

  private static <T> T readBesideOneWhoLeaves(Uni<T> read) {
    CompletableFuture<T> waits = read.subscribeAsCompletionStage();
    read.subscribe().with(answer -> {}).cancel();
    return waits.orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
  }

  @Test
  void countersAreReadOn() {
    Uni<?> read =
        Uni.createFrom().completionStage(() -> counters.read(site)).map(it -> it.online());
    assertEquals(0L, readBesideOneWhoLeaves(read));
  }

  @Test
  void listsAreReadOn() {
    assertEquals(List.of(), readBesideOneWhoLeaves(top.top(site, "views", "all", 5)).pages());
  }
}
