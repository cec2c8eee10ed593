package vn.luot.admin.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.SMTPException;
import java.net.ConnectException;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mail server that encrypts, does not, is not the right one, refuses, or goes away. */
class PostTest {
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final Vertx VERTX = Vertx.vertx();

  @TempDir static Path folder;

  /** A server's key, and the file in which whoever trusts it has its certificate. */
  private record Identity(SSLContext tls, String certificate) {
    static Identity of(String host) throws Exception {
      Path store = folder.resolve(host + ".p12");
      Path certificate = folder.resolve(host + ".pem");
      String genkey = "-genkeypair -keyalg EC -validity 2 -dname CN=" + host + " -ext SAN=dns:";
      keytool(store, genkey + host + " -alias mail -storetype PKCS12");
      keytool(store, "-exportcert -rfc -alias mail -file " + certificate);
      KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD);
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(keys, PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(factory.getKeyManagers(), null, null);
      return new Identity(context, certificate.toString());
    }

    private static void keytool(Path store, String options) throws Exception {
      String command = System.getProperty("java.home") + "/bin/keytool " + options;
      List<String> words =
          List.of((command + " -storepass changeit -keystore " + store).split(" +"));
      assertEquals(0, new ProcessBuilder(words).inheritIO().start().waitFor());
    }
  }

  @AfterAll
  static void close() {
    VERTX.close().toCompletionStage().toCompletableFuture().join();
  }

  /** Sends one; {@code more} are settings beside the port. */
  private static void send(int port, String... more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("luot.mail.host", "localhost");
    settings.put("luot.mail.port", "" + port);
    settings.put("luot.mail.from", "Lượt <luot@agency.example>");
    for (int i = 0; i < more.length; i += 2) {
      settings.put("luot.mail." + more[i], more[i + 1]);
    }
    PostConfig config =
        new SmallRyeConfigBuilder()
            .withConverter(Duration.class, 200, new DurationConverter())
            .withMapping(PostConfig.class)
            .withDefaultValues(settings)
            .build()
            .getConfigMapping(PostConfig.class);
    MailMessage mail =
        new MailMessage()
            .setTo("a@agency.example")
            .setSubject("Báo cáo\r\nBcc: b@agency.example")
            .setText("Kính gửi");
    new Post(VERTX, config).send(mail).await().atMost(Duration.ofSeconds(60));
  }

  /** What became of one that was not sent. */
  private static Throwable failure(int port, String... more) {
    Throwable thrown = assertThrows(Throwable.class, () -> send(port, more));
    return thrown instanceof CompletionException ? thrown.getCause() : thrown;
  }

  @Test
  void whatIsSentIsEncryptedAndNamesWhoSends() throws Exception {
    Identity identity = Identity.of("localhost");
    try (MailServer server = MailServer.start(0, identity.tls)) {
      send(
          server.port(),
          "trusted-certificate",
          identity.certificate,
          "username",
          "luot",
          "password",
          "secret");
      assertTrue(server.mails.get(0).getSubject().startsWith("Báo cáo"));
      assertNull(server.mails.get(0).getHeader("Bcc"), "a line of a subject is no header");
      assertTrue(
          server.commands.containsAll(
              List.of("STARTTLS", "EHLO agency.example", "MAIL FROM:<luot@agency.example>")),
          server.commands.toString());
      assertEquals(1, server.commands.stream().filter(line -> line.startsWith("AUTH ")).count());
      int encrypted = server.commands.indexOf("STARTTLS");
      assertTrue(
          server.commands.subList(0, encrypted).stream().allMatch(line -> line.startsWith("EHLO")));
    }
  }

  @Test
  void nothingIsSentToAServerThatDoesNotEncrypt() {
    try (MailServer server = MailServer.start(0, null)) {
      failure(server.port(), "username", "luot", "password", "secret");
      assertTrue(
          server.commands.contains("EHLO agency.example")
              && server.commands.stream().allMatch(line -> line.matches("(EHLO|QUIT).*")),
          server.commands.toString());
    }
  }

  @Test
  void nothingIsSentToAServerThatNobodyVouchesFor() throws Exception {
    Identity other = Identity.of("other.example");
    try (MailServer server = MailServer.start(0, other.tls)) {
      assertRefused(server);
      assertRefused(server, "trusted-certificate", other.certificate);
    }
  }

  private static void assertRefused(MailServer server, String... more) {
    server.commands.clear();
    assertInstanceOf(SSLHandshakeException.class, failure(server.port(), more));
    assertEquals(List.of("EHLO agency.example", "STARTTLS"), server.commands);
  }

  @Test
  void aRefusalIsTold() {
    try (MailServer server = MailServer.start(0, null)) {
      for (String refusal : List.of("451 4.3.0 Later", "550 5.1.1 No such user")) {
        server.answer("RCPT", refusal);
        SMTPException told =
            assertInstanceOf(SMTPException.class, failure(server.port(), "tls", "none"));
        assertEquals(refusal, told.getReplyMessage());
      }
      assertEquals(List.of(), server.mails);
    }
  }

  @Test
  void aServerThatGoesAwayOrIsNotThereIsAFailure() {
    MailServer server = MailServer.start(0, null);
    server.answer(".", MailServer.CUT);
    failure(server.port(), "tls", "none");
    assertEquals(1, server.mails.size());
    server.close();
    assertInstanceOf(ConnectException.class, failure(server.port(), "tls", "none"));
  }
}
