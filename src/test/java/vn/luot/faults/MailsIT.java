package vn.luot.faults;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import vn.luot.admin.mail.MailServer;

/** Reports that two pods find due at the same time. */
@ExtendWith(Deployed.class)
class MailsIT {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final int ADDRESSES = 20;

  private static Pod pod(Deployment deployment, MailServer server, String tryAgainAfter) {
    return deployment.anotherPod(
        deployment.redis.port(),
        deployment.postgres.port(),
        Map.of(
            "LUOT_MAIL_HOST", "127.0.0.1",
            "LUOT_MAIL_PORT", "" + server.port(),
            "LUOT_MAIL_TLS", "none",
            "LUOT_MAIL_FROM", "luot@agency.example",
            "LUOT_MAIL_EVERY", "200ms",
            "LUOT_MAIL_TRY_AGAIN_AFTER", tryAgainAfter));
  }

  /** {@code count} addresses of a fresh site whose last report is of long ago. */
  private static FreshSite due(Deployment deployment, int count) {
    FreshSite site = FreshSite.register(deployment.database);
    deployment.database.execute(
        """
        INSERT INTO report_mail (site_id, address, language, added_by, added_at, month)
        SELECT %d, 'a' || n || '@agency.example', 'vi', 'test', now(), '2020-01-01' FROM generate_series(1, %d) AS n
        """
            .formatted(site.id(), count));
    return site;
  }

  private static long unsent(Deployment deployment, FreshSite site) {
    return deployment.database.number(
        "SELECT count(*) FROM report_mail WHERE sent_at IS NULL AND site_id = " + site.id());
  }

  private static List<String> ids(List<MimeMessage> mails) {
    return mails.stream().map(MailsIT::id).toList();
  }

  private static String id(MimeMessage mail) {
    try {
      return mail.getMessageID();
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void twoPodsSendEachReportOnce(Deployment deployment) {
    try (MailServer server = MailServer.start(0, null);
        Pod one = pod(deployment, server, "15m");
        Pod two = pod(deployment, server, "15m")) {
      one.awaitStarted();
      two.awaitStarted();
      FreshSite site = due(deployment, ADDRESSES);
      await("all sent").atMost(LIMIT).until(() -> unsent(deployment, site) == 0);
      assertEquals(ADDRESSES, server.mails.size());
      assertEquals(ADDRESSES, ids(server.mails).stream().distinct().count());
    }
  }

  /** One is killed between its claim and the mail server's answer; the other one sends the mail. */
  @Test
  void aReportOfAPodThatWasKilledIsSentByAnother(Deployment deployment) {
    try (MailServer server = MailServer.start(0, null);
        Pod killed = pod(deployment, server, "3s")) {
      killed.awaitStarted();
      server.answer("MAIL", MailServer.SILENT);
      FreshSite site = due(deployment, 1);
      await("a claim")
          .atMost(LIMIT)
          .until(() -> server.commands.stream().anyMatch(line -> line.startsWith("MAIL")));
      killed.kill();
      assertTrue(server.mails.isEmpty());
      server.answer("MAIL", null);
      try (Pod other = pod(deployment, server, "3s")) {
        other.awaitStarted();
        await("sent").atMost(LIMIT).until(() -> unsent(deployment, site) == 0);
        assertEquals(1, server.mails.size());
        assertEquals(
            2,
            deployment.database.number(
                "SELECT tries FROM report_mail WHERE site_id = " + site.id()));
      }
    }
  }
}
