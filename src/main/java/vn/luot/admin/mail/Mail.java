package vn.luot.admin.mail;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.vertx.mutiny.sqlclient.Row;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import vn.luot.refusal.FieldErrors;

/** Who is sent a site's report, and what became of the last one. */
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(name = "ReportMail")
public record Mail(
    int id,
    @Schema(
            description = "Of a removed one the first letter and the domain",
            examples = "vanphong@bacninh.example.vn")
        String recipient,
    @Schema(enumeration = {"vi", "en"}) String language,
    String addedBy,
    OffsetDateTime addedAt,
    @Schema(nullable = true) String removedBy,
    @Schema(nullable = true) OffsetDateTime removedAt,
    @Schema(description = "Whose report it is, in the site's time zone", examples = "2026-10")
        String month,
    @Schema(description = "When that month's was sent; null while it was not", nullable = true)
        OffsetDateTime sentAt,
    @Schema(description = "How often it was tried, at most 5 times by itself") int tries,
    @Schema(description = "When it may be tried again; null where it is not due", nullable = true)
        OffsetDateTime nextTry,
    @Schema(
            description =
                "Why it was not sent: what the mail server answered, or unreachable, or unreadable"
                    + " where the numbers could not be read; null while nothing is known",
            nullable = true,
            examples = "550 5.1.1 No such user")
        String failure,
    @JsonIgnore int siteId) {

  /** A site's, the newest first. */
  @Schema(name = "ReportMailList")
  public record MailList(
      @Schema(description = "Whether this service sends mails at all") boolean on,
      List<Mail> mails) {}

  /** The one that is wanted. */
  @Schema(
      name = "NewReportMail",
      requiredProperties = {"recipient"})
  public record Order(
      @Schema(maxLength = 254, examples = "vanphong@bacninh.example.vn") String recipient,
      @Schema(
              enumeration = {"vi", "en"},
              defaultValue = "vi")
          String language) {
    private static final String LABEL = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    private static final String ADDRESS =
        "[A-Za-z0-9_+-]+(\\.[A-Za-z0-9_+-]+)*@(LABEL\\.)+LABEL".replace("LABEL", LABEL);

    public Order {
      language = language == null ? "vi" : language;
    }

    void require() {
      new FieldErrors()
          .require(
              recipient != null
                  && recipient.length() <= 254
                  && recipient.indexOf('@') <= 64
                  && recipient.matches(ADDRESS),
              "recipient",
              "an address such as vanphong@bacninh.example.vn")
          .require(language.matches("vi|en"), "language", "vi or en")
          .refuseIfAny();
    }
  }

  static Mail of(Row row) {
    return new Mail(
        row.getInteger("id"),
        row.getString("address"),
        row.getString("language"),
        row.getString("added_by"),
        row.getOffsetDateTime("added_at"),
        row.getString("removed_by"),
        row.getOffsetDateTime("removed_at"),
        YearMonth.from(row.getLocalDate("month")).toString(),
        row.getOffsetDateTime("sent_at"),
        row.getInteger("tries"),
        row.getOffsetDateTime("next_try"),
        row.getString("failure"),
        row.getInteger("site_id"));
  }
}
