package vn.luot.standalone;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;

/**
 * Gives all tests of the application the same real stores, unless the environment names others.
 *
 * <p>A test that needs to stop, kill or freeze them declares a field {@code Redis} or {@code
 * Postgres}.
 */
@WithTestResource(value = Stores.class, scope = TestResourceScope.GLOBAL)
public final class Stores implements QuarkusTestResourceLifecycleManager {
  /** The system property that holds the management port of the application under test. */
  public static final String MANAGEMENT_PORT = "luot.test.management-port";

  /** The system property that holds the port on which a test may be the mail server. */
  public static final String MAIL_PORT = "luot.test.mail-port";

  private Path directory;
  private Redis redis;
  private Postgres postgres;

  @Override
  public Map<String, String> start() {
    try {
      directory = Files.createTempDirectory("luot-stores");
      // PostgreSQL may have to run as another user; its own directory in this one is private.
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var settings = new HashMap<String, String>();
    // A free one, which tests find in a property: class loaders share nothing else.
    String management = Integer.toString(Ports.free());
    System.setProperty(MANAGEMENT_PORT, management);
    settings.put("quarkus.management.port", management);
    settings.put("quarkus.management.test-port", management);
    String mail = Integer.toString(Ports.free());
    System.setProperty(MAIL_PORT, mail);
    settings.put("luot.mail.host", "127.0.0.1");
    settings.put("luot.mail.port", mail);
    settings.put("luot.mail.tls", "none");
    settings.put("luot.mail.from", "luot@agency.example");
    settings.put("luot.mail.domains", "agency.example");
    settings.put("luot.mail.most-addresses", "3");
    settings.put("luot.mail.every", "1s");
    settings.put("luot.mail.try-again-after", "1s");
    settings.put("quarkus.shutdown.delay", "0S");
    settings.put("luot.demo", "true");
    settings.put("luot.operator-key", "operator.key.of-the-tests-0123456789abcdef");
    settings.put("luot.access.failures-per-minute", "500");
    settings.put("luot.page.shared-numbers-in", "http://localhost:*");
    settings.put("luot.group.share", "1s");
    settings.put("luot.admin.delete-after", "1s");
    settings.put("luot.admin.delete-every", "1s");
    settings.put("luot.reading.share-counters", "100ms");
    settings.put("luot.access.trust-keys-for", "1s");
    settings.put("luot.flush.every", "1s");
    settings.put("luot.flush.visitors-every", "1s");
    // On a busy machine PostgreSQL answers late, and a number that came too late is null.
    settings.put("luot.reading.wait-at-most", "5s");
    settings.put("luot.live.warm-up", "0s");
    settings.put("luot.sites.refresh-every", "1s");
    settings.put("luot.rating.refresh-keys", "1s");
    // A vote on another page is quicker than that also on a busy machine.
    settings.put("luot.rating.token-ripens-after", "4s");
    settings.put("luot.rating.new-voters-per-network-and-minute", "65535");
    // A test may come from there to be a proxy; all others come from 127.0.0.1 and are strangers.
    settings.put("luot.visitor.trusted-proxies", "127.0.0.2");
    var given = new Settings(System.getenv());
    // Those given from outside reach the application by themselves.
    if (!given.isGiven(Settings.REDIS)) {
      redis = Redis.start(directory, 0);
      useForLong(redis);
      settings.put("quarkus.redis.hosts", redis.url());
    }
    if (!given.isGiven(Settings.POSTGRES)) {
      postgres = Postgres.start(directory, 0);
      settings.put("quarkus.datasource.reactive.url", postgres.url());
      settings.put("quarkus.datasource.username", postgres.username());
      settings.put("quarkus.datasource.password", postgres.password());
    }
    return settings;
  }

  /** A Redis that was just emptied is not sure who is online; this one counts as old. */
  private static void useForLong(Redis redis) {
    try (Socket socket = new Socket("127.0.0.1", redis.port())) {
      String command = "HSET luot:epoch emptied 0\r\n";
      socket.getOutputStream().write(command.getBytes(StandardCharsets.US_ASCII));
      socket.getInputStream().readNBytes(":1\r\n".length());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(redis, field -> field.getType().equals(Redis.class));
    injector.injectIntoFields(postgres, field -> field.getType().equals(Postgres.class));
  }

  @Override
  public void stop() {
    if (redis != null) {
      redis.close();
    }
    if (postgres != null) {
      postgres.close();
    }
    try {
      Binaries.delete(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
