package vn.luot.admin.mail;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.StartTLSOptions;
import jakarta.inject.Singleton;
import java.time.Duration;
import vn.luot.connection.Unis;

/** Hands mails to the mail server, each over a connection of its own: months lie between them. */
@Singleton
record Post(Vertx vertx, PostConfig config) {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  boolean isOn() {
    return config.host().isPresent();
  }

  /** The part of its own address that names who sends: greeting, sender, ids of mails. */
  String domain() {
    String from = config.from().orElseThrow();
    return from.substring(from.indexOf('@') + 1).replace(">", "");
  }

  Uni<Void> send(MailMessage mail) {
    mail.setFrom(config.from().orElseThrow());
    return Uni.createFrom()
        .item(() -> MailClient.create(vertx, server()))
        .flatMap(
            client ->
                Unis.of(() -> client.sendMail(mail))
                    .ifNoItem()
                    .after(LIMIT)
                    .fail()
                    .eventually(() -> client.close()))
        .replaceWithVoid();
  }

  /**
   * No algorithm that checks the name in the server's certificate: the client sets one where none
   * is set, and sets it to none where one is.
   */
  private MailConfig server() {
    boolean known = config.username().isPresent();
    MailConfig server =
        new MailConfig(config.host().orElseThrow(), config.port())
            .setOwnHostname(domain())
            .setSsl(config.tls() == PostConfig.Tls.TLS)
            .setStarttls(
                config.tls() == PostConfig.Tls.STARTTLS
                    ? StartTLSOptions.REQUIRED
                    : StartTLSOptions.DISABLED)
            .setLogin(known ? LoginOption.REQUIRED : LoginOption.DISABLED)
            .setUsername(config.username().orElse(null))
            .setPassword(config.password().orElse(null))
            .setMaxPoolSize(1)
            .setKeepAlive(false)
            .setConnectTimeout((int) LIMIT.toMillis() / 3)
            .setIdleTimeout((int) LIMIT.toSeconds());
    config
        .trustedCertificate()
        .ifPresent(file -> server.setPemTrustOptions(new PemTrustOptions().addCertPath(file)));
    return server;
  }
}
