package vn.luot.widget;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.restassured.RestAssured;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;

/** A portal's own web server: serves the pages below {@code pages/} from an origin of its own. */
final class Portal implements AutoCloseable {

  private final HttpServer server;

  /** The site whose slug the pages carry. */
  volatile String site = "";

  /** Where the pages take the script from. */
  volatile String luot = "";

  volatile Optional<String> policy = Optional.empty();

  /** Pages of one test, by path, beside those in files. */
  final Map<String, String> written = new ConcurrentHashMap<>();

  /** Asked for by pages, and not answered before a test says so. */
  final Queue<HttpExchange> held = new ConcurrentLinkedQueue<>();

  volatile String integrity = "";

  /** Answers the calls below {@code /broken/v1/}. */
  volatile Trouble trouble;

  /** Answers in the place of the parts below {@code /broken/}, where there is one. */
  volatile Optional<Trouble> parts = Optional.empty();

  /** What goes wrong with a service. */
  interface Trouble {
    void answer(HttpExchange exchange) throws IOException;
  }

  Portal() {
    try {
      server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::page);
    server.createContext("/held.js", held::add);
    server.createContext("/broken/", this::brokenScript);
    server.createContext("/broken/v1/", exchange -> trouble.answer(exchange));
    server.setExecutor(Executors.newCachedThreadPool());
    server.start();
  }

  String origin() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  static String service() {
    return "http://127.0.0.1:" + RestAssured.port;
  }

  /** Answers: a browser asks again where a connection it has used before is only closed. */
  void release() {
    try {
      for (var one = held.poll(); one != null; one = held.poll()) {
        send(one, 200, "application/javascript", new byte[0]);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Pages are as on the first day: the real service, no policy. */
  void serve(String slug) {
    site = slug;
    luot = service();
    policy = Optional.empty();
    integrity = "";
    parts = Optional.empty();
    written.clear();
    release();
  }

  /** Pages take the script from a service of which only the script is healthy. */
  void breakService(Trouble what) {
    trouble = what;
    luot = origin() + "/broken";
  }

  private void page(HttpExchange exchange) throws IOException {
    var name = exchange.getRequestURI().getPath();
    var page = written.get(name);
    try (var file =
        page == null
            ? Portal.class.getResourceAsStream("/pages" + name)
            : new ByteArrayInputStream(page.getBytes(StandardCharsets.UTF_8))) {
      if (file == null || name.endsWith("/")) {
        // Browsers ask for an icon; a missing one would be a complaint in the console.
        send(exchange, name.equals("/favicon.ico") ? 204 : 404, "text/plain", new byte[0]);
        return;
      }
      var text =
          new String(file.readAllBytes(), StandardCharsets.UTF_8)
              .replace("@luot@", luot)
              .replace("@site@", site)
              .replace("@integrity@", integrity);
      policy.ifPresent(
          value -> exchange.getResponseHeaders().set("Content-Security-Policy", value));
      var type = name.endsWith(".js") ? "application/javascript" : "text/html; charset=utf-8";
      send(exchange, 200, type, text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private void brokenScript(HttpExchange exchange) throws IOException {
    var name = exchange.getRequestURI().toString().substring("/broken".length());
    if (name.startsWith("/luot-") && parts.isPresent()) {
      parts.get().answer(exchange);
      return;
    }
    try (var script = URI.create(service() + name).toURL().openStream()) {
      send(exchange, 200, "application/javascript", script.readAllBytes());
    }
  }

  static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("Access-Control-Allow-Origin", "*");
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
