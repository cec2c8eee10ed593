package vn.luot.admin.imports.csv;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vn.luot.admin.baseline.Balance;
import vn.luot.admin.imports.csv.CsvFile.Fields;
import vn.luot.admin.numbers.Span;
import vn.luot.refusal.FieldErrors;
import vn.luot.refusal.Refusal;
import vn.luot.site.PageRule;
import vn.luot.site.Site;
import vn.luot.site.page.Measure;
import vn.luot.site.page.Page;

/**
 * What the lines of a file mean for a site. The path {@code ~site} is the site itself; a blank
 * field leaves a number as it was.
 *
 * @param today in the site's time zone: history ends before it
 * @param keptFrom since when the site's details are kept; null where none were removed
 */
public record CsvLines(Site site, LocalDate today, LocalDate keptFrom)
    implements CsvFile.Lines<CsvLines.CsvLine> {
  private static final List<String> COLUMNS =
      List.of("path", "day", "views", "visits", "downloads", "rating_count", "rating_sum");
  private static final String SITE = "~site";
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,16}");
  private static final Pattern GROUPED = Pattern.compile("[0-9]{1,3}([., '\u00a0\u202f][0-9]{3})+");

  /** How spreadsheets begin a formula: nobody calls a page that. */
  private static final String FORMULA = "=+-@";

  @Override
  public List<String> columns() {
    return COLUMNS;
  }

  @Override
  public @Nullable String missing(Set<String> columns) {
    if (!columns.contains("path")) {
      return "name a column path";
    }
    return columns.stream().allMatch(name -> name.equals("path") || name.equals("day"))
        ? "name at least one column of numbers, such as views"
        : null;
  }

  @Override
  public CsvLine read(long number, Fields fields) {
    CsvLine line =
        new CsvLine(
            number,
            fields.header().indexOf("path") + 1,
            day(fields.of("day")),
            new Balance(
                page(fields.of("path")),
                count(fields, "views"),
                count(fields, "visits"),
                count(fields, "rating_count"),
                count(fields, "rating_sum")),
            count(fields, "downloads"));
    check(line);
    return line;
  }

  private void check(CsvLine line) {
    FieldErrors errors = new FieldErrors();
    Balance balance = line.balance();
    balance.check(errors, "rating_count", "rating_sum");
    LocalDate day = line.day();
    boolean rated = balance.ratingCount() != null || balance.ratingSum() != null;
    errors
        .require(Balance.isCount(line.downloads()), "downloads", Balance.RANGE)
        .require(
            line.downloads() == null || day != null || !line.isOfSite(),
            "downloads",
            "enter them by file, or the site's by day")
        .require(
            !balance.isEmpty() || line.downloads() != null,
            "views",
            "the line has no number to enter")
        .require(day == null || !rated, "day", "votes are of no day: leave it out")
        .require(
            day == null || !day.isBefore(Span.FIRST_DAY) && day.isBefore(today),
            "day",
            "from %s to yesterday".formatted(Span.FIRST_DAY))
        .require(
            day == null || keptFrom == null || !day.isBefore(keptFrom),
            "day",
            "details of before %s were removed, as the site's detailDays say".formatted(keptFrom))
        .refuseIfAny();
  }

  private Page page(String written) {
    if (written.equals(SITE)) {
      return Page.PORTAL;
    }
    if (!written.isEmpty() && FORMULA.indexOf(written.charAt(0)) >= 0) {
      throw Refusal.ofField("path", "a path, not a formula");
    }
    return PageRule.page(site, written, "path");
  }

  private static @Nullable Long count(Fields fields, String name) {
    String written = fields.of(name);
    if (written.isEmpty()) {
      return null;
    }
    if (!NUMBER.matcher(written).matches()) {
      throw Refusal.ofField(
          name,
          GROUPED.matcher(written).matches()
              ? "write the number without separators, as " + written.replaceAll("[^0-9]", "")
              : "a whole number from 0, or nothing");
    }
    return Long.valueOf(written);
  }

  private static @Nullable LocalDate day(String written) {
    try {
      return written.isEmpty() ? null : LocalDate.parse(written);
    } catch (DateTimeParseException e) {
      throw Refusal.ofField("day", "write the day as 2025-11-20");
    }
  }

  /**
   * What a line of a file says.
   *
   * @param number of the line in the file, from 1
   * @param column where its page stands
   * @param day that the numbers are of; null for an opening balance
   * @param downloads of the file of this path, or of all files of the site; null where it says none
   */
  public record CsvLine(
      long number, int column, @Nullable LocalDate day, Balance balance, @Nullable Long downloads) {
    private static final long MIX = 0x9E3779B97F4A7C15L;

    /** The same for the same page and day. A page's key is a piece of a hash already. */
    long key() {
      return day == null
          ? balance.page().key()
          : balance.page().key() ^ MIX * (day.toEpochDay() | 1L << 40);
    }

    boolean isOfSite() {
      return balance.page().equals(Page.PORTAL);
    }

    /** Each number under the key it is counted by: that of the page, and that of its downloads. */
    void forEach(Consumer<CsvLine> counted) {
      if (!balance.isEmpty()) {
        counted.accept(this);
      }
      if (downloads != null) {
        Balance ofFile =
            new Balance(balance.page().counting(Measure.DOWNLOADS), downloads, null, null, null);
        counted.accept(new CsvLine(number, column, day, ofFile, null));
      }
    }

    String subject() {
      return balance.page().path() + (day == null ? "" : " of " + day);
    }
  }
}
