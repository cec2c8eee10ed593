package vn.luot.reading.counters;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import vn.luot.TestSite;
import vn.luot.site.Site;
import vn.luot.site.Sites;
import vn.luot.standalone.Postgres;
import vn.luot.standalone.Stores;

@QuarkusTest
@WithTestResource(value = Stores.class, scope = TestResourceScope.GLOBAL)
class CountersReaderTest {
  Postgres postgres;
  @Inject CountersReader reader;
  @Inject Sites sites;

  @Test
  void whoLeavesTakesTheCountersFromNobodyElse() throws Exception {
    Site site = sites.require(TestSite.create(postgres).slug);
    CompletableFuture<Counters> leaving = reader.read(site).toCompletableFuture();
    CompletableFuture<Counters> staying = reader.read(site).toCompletableFuture();
    leaving.cancel(true);
    assertEquals(0, staying.get(60, TimeUnit.SECONDS).views().total());
  }
}
