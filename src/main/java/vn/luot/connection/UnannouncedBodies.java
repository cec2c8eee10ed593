package vn.luot.connection;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Holds bodies to their limit that did not say beforehand how long they are. */
@Provider
public class UnannouncedBodies implements ReaderInterceptor {
  private final BodyLimits limits;
  private final CurrentVertxRequest current;

  UnannouncedBodies(BodyLimits limits, CurrentVertxRequest current) {
    this.limits = limits;
    this.current = current;
  }

  @Override
  public Object aroundReadFrom(ReaderInterceptorContext reading) throws IOException {
    RoutingContext context = current.getCurrent();
    if (context.request().getHeader(HttpHeaders.CONTENT_LENGTH) == null) {
      long most = limits.most(context.request());
      reading.setInputStream(new Limited(reading.getInputStream(), most, context));
    }
    return reading.proceed();
  }

  private static final class Limited extends FilterInputStream {
    private final long most;
    private final RoutingContext context;
    private long read;

    Limited(InputStream in, long most, RoutingContext context) {
      super(in);
      this.most = most;
      this.context = context;
    }

    @Override
    public int read() throws IOException {
      int next = in.read();
      count(next < 0 ? 0 : 1);
      return next;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int count = in.read(into, offset, length);
      count(Math.max(0, count));
      return count;
    }

    private void count(int more) {
      read += more;
      if (read > most) {
        throw BodyLimits.refuse(context, most);
      }
    }
  }
}
