package vn.luot.admin.mail;

import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.quarkus.scheduler.Scheduler;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.mail.SMTPException;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import vn.luot.connection.Unis;
import vn.luot.connection.postgres.PostgresAnswer;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;
import vn.luot.site.Site;
import vn.luot.site.registry.RegistryUnknown;
import vn.luot.site.registry.Sites;

/**
 * Sends each month's reports. Of all pods the one that claims a mail sends it. A mail may come
 * twice where the pod ends, or the connection, after the mail server has taken it and before that
 * is known; both have the same Message-ID. The other way round nobody would miss it.
 */
@Singleton
record MonthlyMails(MailStore store, MailReader reader, Post post, Sites sites, Clock clock) {
  /** By then everything of the last month has been counted. */
  private static final int HOUR = 6;

  private static final Duration MINUTE = Duration.ofMinutes(1);

  static void start(
      @Observes StartupEvent start,
      PostConfig config,
      Scheduler scheduler,
      Instance<MonthlyMails> mails) {
    if (config.host().isPresent()) {
      if (config.from().isEmpty()) {
        throw new IllegalStateException("luot.mail.from is not set, and luot.mail.host is");
      }
      scheduler
          .newJob("report-mails")
          .setInterval(config.every().toString())
          .setSkipPredicate(RegistryUnknown.class)
          .setConcurrentExecution(ConcurrentExecution.SKIP)
          .setAsyncTask(due -> mails.get().sendDue())
          .schedule();
    }
  }

  /** The last month that is over and counted, in the site's time zone. */
  YearMonth over(Site site) {
    ZonedDateTime now = clock.instant().atZone(site.zone());
    return YearMonth.from(now.minusHours(HOUR)).minusMonths(1);
  }

  Uni<Void> sendDue() {
    return store
        .due()
        .flatMap(all -> Unis.inTurn(all, this::sendDue))
        .plug(Unis.orNull(e -> Log.warnf("Reports are not mailed and will be: %s", e)));
  }

  private Uni<Mail> sendDue(Mail mail) {
    Site site = sites.byId(mail.siteId());
    return site == null
        ? Uni.createFrom().nullItem()
        : store
            .claimDue(mail.id(), over(site))
            .onItem()
            .ifNotNull()
            .transformToUni(claimed -> send(site, claimed, () -> {}));
  }

  /** {@code read} is run when nothing more is read. Refused where one was sent just now. */
  Uni<Mail> sendNow(Site site, int id, Runnable read) {
    return PostgresAnswer.write(store.claimAsked(site.id(), id, over(site)))
        .onItem()
        .ifNull()
        .failWith(() -> Refusal.after(Reason.TOO_MANY, "A report was sent just now.", MINUTE))
        .flatMap(claimed -> send(site, claimed, read));
  }

  private Uni<Mail> send(Site site, Mail mail, Runnable read) {
    return reader
        .read(site, mail, post.domain())
        .invoke(read)
        .flatMap(post::send)
        .map(sent -> (String) null)
        .onFailure()
        .recoverWithItem(e -> failure(site, e))
        .flatMap(failure -> store.end(mail.id(), failure));
  }

  /** Without what else an owner need not know, such as where the mail server stands. */
  private static String failure(Site site, Throwable e) {
    if (e instanceof SMTPException answer) {
      Log.warnf("A report of site %d is refused: %d", site.id(), answer.getReplyCode());
      String said =
          answer.getReplyMessages().isEmpty()
              ? ""
              : answer.getReplyMessage().replaceAll("\\p{Cntrl}+", " ");
      return said.substring(0, Math.min(200, said.length()));
    }
    Log.warnf("A report of site %d could not be sent: %s", site.id(), e);
    return e instanceof Refusal ? "unreadable" : "unreachable";
  }
}
