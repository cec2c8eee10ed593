package vn.luot.admin.pages;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Singleton;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.luot.admin.numbers.Details;
import vn.luot.admin.numbers.Details.Covered;
import vn.luot.admin.numbers.Numbers;
import vn.luot.admin.numbers.Span;
import vn.luot.admin.pages.PageList.SectionList;
import vn.luot.admin.pages.PagesAsked.PageSort;
import vn.luot.connection.postgres.Rows;
import vn.luot.site.Site;
import vn.luot.site.page.Measure;
import vn.luot.site.page.Page;

/** Lists pages with their numbers, some at a time. */
@Singleton
public record PageLister(Numbers numbers, Details details) {
  /** Those of a range, the most viewed first. */
  public Uni<List<PageList.PageEntry>> mostViewed(Site site, Span span, int limit) {
    return list(site, PagesAsked.of(span, PageSort.of("-views"), null, null, limit, null))
        // Files, which have no views, come last.
        .map(list -> list.pages().stream().filter(page -> page.views() > 0).toList());
  }

  Uni<PageList> list(Site site, PagesAsked asked) {
    return details.list(site, asked.span(), covered -> list(site, asked, covered));
  }

  private Uni<PageList> list(Site site, PagesAsked asked, Covered covered) {
    PageQuery query = new PageQuery(site.id(), asked);
    return numbers
        .query(query.sql(), query.values())
        .map(
            rows -> {
              List<PageList.PageEntry> pages = new ArrayList<>();
              String next = null;
              Row last = null;
              for (Row row : rows) {
                if (last != null && pages.size() == asked.limit()) {
                  next = asked.next(last.getValue(8), last.getLong(0));
                } else {
                  pages.add(entry(row, site.zone()));
                  last = row;
                }
              }
              return new PageList(covered, pages, next);
            });
  }

  /** {@code span} is null for all time, {@code prefix} ends with a slash. */
  Uni<SectionList> sections(Site site, @Nullable Span span, String prefix, int limit) {
    PageQuery query = new PageQuery(site.id(), span, prefix, limit);
    return details.list(
        site,
        span,
        covered -> numbers.query(query.sql(), query.values()).map(rows -> sections(covered, rows)));
  }

  private static SectionList sections(Covered covered, Iterable<Row> rows) {
    List<SectionList.Section> sections = new ArrayList<>();
    SectionList.Section others = new SectionList.Section(null, 0, 0, 0, 0);
    for (Row row : rows) {
      SectionList.Section section =
          new SectionList.Section(
              row.getString(0), row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4));
      if (section.path() == null) {
        others = section;
      } else {
        sections.add(section);
      }
    }
    return new SectionList(covered, sections, others);
  }

  private static PageList.PageEntry entry(Row row, ZoneId zone) {
    Page page = new Page(row.getString(1), row.getLong(0));
    long counted = row.getLong(3);
    return new PageList.PageEntry(
        page.plainPath(),
        row.getString(2),
        page.measure() == Measure.VIEWS ? counted : 0,
        row.getLong(4),
        page.measure() == Measure.DOWNLOADS ? counted : 0,
        PageList.RatingEntry.of(row.getLong(5), row.getLong(6)),
        Rows.momentOrNull(row, 7, zone),
        row.getBoolean(9),
        row.getBoolean(10),
        row.getInteger(11));
  }
}
