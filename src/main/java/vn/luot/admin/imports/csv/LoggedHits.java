package vn.luot.admin.imports.csv;

import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vn.luot.admin.imports.csv.CsvFile.Fields;
import vn.luot.admin.numbers.Span;
import vn.luot.refusal.FieldErrors;
import vn.luot.refusal.Refusal;
import vn.luot.site.PageRule;
import vn.luot.site.Site;
import vn.luot.site.page.Page;
import vn.luot.visitor.Agent;
import vn.luot.visitor.Agents;
import vn.luot.visitor.Prefix;

/**
 * What the lines of a batch of hits mean for a site.
 *
 * @param keptFrom since when the site's details are kept; null where none were removed
 */
public record LoggedHits(Site site, Agents agents, Instant now, LocalDate keptFrom)
    implements CsvFile.Lines<LoggedHits.LoggedHit> {
  private static final List<String> COLUMNS = List.of("time", "path", "address", "agent");

  /** How much the clocks of servers may differ. */
  private static final Duration AHEAD = Duration.ofMinutes(1);

  @Override
  public List<String> columns() {
    return COLUMNS;
  }

  @Override
  public @Nullable String missing(Set<String> columns) {
    return columns.containsAll(List.of("time", "path")) ? null : "name the columns time and path";
  }

  @Override
  public LoggedHit read(long number, Fields fields) {
    String agent = fields.of("agent");
    return new LoggedHit(
        number,
        time(fields.of("time")),
        PageRule.ofHit(site, fields.of("path"), "path"),
        address(fields.of("address")),
        agents.of(agent.isEmpty() ? null : agent));
  }

  private Instant time(String written) {
    Instant time;
    try {
      time = OffsetDateTime.parse(written).toInstant();
    } catch (DateTimeException e) {
      throw Refusal.ofField("time", "write the time as 2026-11-20T08:30:00+07:00");
    }
    LocalDate day = LocalDate.ofInstant(time, site.zone());
    LocalDate first = keptFrom == null ? Span.FIRST_DAY : keptFrom;
    new FieldErrors()
        .require(!time.isAfter(now.plus(AHEAD)), "time", "it is in the future")
        .require(!day.isBefore(first), "time", "from %s on".formatted(first))
        .refuseIfAny();
    return time;
  }

  private static byte @Nullable [] address(String written) {
    try {
      return written.isEmpty() ? null : Prefix.address(written);
    } catch (IllegalArgumentException e) {
      throw Refusal.ofField("address", "an IPv4 or IPv6 address, or nothing");
    }
  }

  /**
   * A line of a web server's log.
   *
   * @param address 4 or 16 bytes; null where the line names none
   */
  public record LoggedHit(
      long number, Instant time, Page page, byte @Nullable [] address, Agent agent) {
    /** Who viewed what; the same again soon is no view. */
    record Viewing(long page, ByteBuffer network, ByteBuffer device) {}
  }
}
