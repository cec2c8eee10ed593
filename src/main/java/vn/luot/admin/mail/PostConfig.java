package vn.luot.admin.mail;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import vn.luot.setting.Allowed;

/** Settings of reports by mail. Without a mail server there are none. */
@ConfigMapping(prefix = "luot.mail")
interface PostConfig {
  enum Tls {
    STARTTLS,
    TLS,
    NONE
  }

  /** The mail server (SMTP). Without one no mail is sent, and nothing waits to send one. */
  Optional<String> host();

  /** The port of the mail server. */
  @WithDefault("587")
  @WithConverter(Allowed.OneTo65535.class)
  int port();

  /**
   * {@code starttls}: nothing is sent before the connection is encrypted. {@code tls}: it is from
   * its beginning, as on port 465. {@code none}: it never is.
   */
  @WithDefault("starttls")
  Tls tls();

  /** A file (PEM) with whoever signed the mail server's certificate, where no public one did. */
  Optional<String> trustedCertificate();

  /** Who logs in at the mail server. Not set: nobody does. */
  Optional<String> username();

  /** The password of that user; better as a file, see operating.md. */
  Optional<String> password();

  /** Whose mails these are, such as {@code luot@bacninh.example.vn}. Needed with a host. */
  Optional<String> from();

  /**
   * Domains of whose addresses, and of those below, editors may enter any, such as {@code
   * bacninh.example.vn}. All others take an operator of all sites.
   */
  Optional<Set<String>> domains();

  /** Addresses of a site, those removed within a day among them. */
  @WithDefault("10")
  @WithConverter(Allowed.FromOne.class)
  int mostAddresses();

  /** How often is looked for reports that are due: since 6 o'clock on the first of the month. */
  @WithDefault("10m")
  @WithConverter(Allowed.SomeTime.class)
  Duration every();

  /** When one that was not sent is tried again; each time after four times as long, five in all. */
  @WithDefault("15m")
  @WithConverter(Allowed.SomeTime.class)
  Duration tryAgainAfter();
}
