package vn.luot.connection.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RequestHeadsTest {
  private final EmbeddedChannel connection = new EmbeddedChannel(new RequestHeads());

  private String address(String sent) {
    connection.writeInbound(new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, sent));
    return connection.<HttpRequest>readInbound().uri();
  }

  @Test
  void queriesMayBeWrittenAsBrowsersWriteThem() {
    assertEquals("/a?x=%7B%C3%A9%25zz%2f", address("/a?x={\u00c3\u00a9%zz%2f"));
    assertEquals("/{?x", address("/{?x"));
  }

  /** Anybody may send these: 13 ms of the event loop each, when every one was a format. */
  @Test
  void aLongQueryToEscapeTakesNoTime() {
    String query = "/?" + "{".repeat(16_000);
    long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    for (int i = 0; i < 300; i++) {
      assertEquals(2 + 3 * 16_000, address(query).length());
    }
    long took = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begin;
    assertTrue(took < TimeUnit.SECONDS.toNanos(1), took + " ns");
  }
}
