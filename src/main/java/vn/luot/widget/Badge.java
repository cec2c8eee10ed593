package vn.luot.widget;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vn.luot.reading.CountersReader.Counters;
import vn.luot.reading.base.Sums;
import vn.luot.refusal.Html;
import vn.luot.refusal.Language;
import vn.luot.refusal.Refusal;

/** Draws numbers as an SVG that needs no font of its own and can be read out. */
final class Badge {
  private static final int HEIGHT = 24;
  private static final int MARGIN = 10;

  /** Average width of a character of Verdana at 12 px; the picture is made to fit by textLength. */
  private static final double CHARACTER = 6.9;

  private final StringBuilder shapes = new StringBuilder();
  private final StringBuilder spoken = new StringBuilder();
  private int width;

  private Badge() {}

  /** {@code label} may be null, and so may {@code counters} where no store answers. */
  static String draw(String label, List<Figure> numbers, Counters counters, Language language) {
    var badge = new Badge();
    if (label != null && !label.isBlank()) {
      badge.cell(label.strip(), "#52605f");
    }
    for (var number : numbers) {
      var value = number.of(counters);
      badge.cell(number.caption(language), "#33403f");
      badge.cell(value == null ? "–" : language.grouped(value), "#0f4c4a");
    }
    return badge.svg();
  }

  private void cell(String text, String colour) {
    var length = (int) Math.ceil(text.length() * CHARACTER);
    var cell = length + 2 * MARGIN;
    var safe = Html.escaped(xml(text));
    shapes.append(
        """
        <rect x="%d" width="%d" height="%d" fill="%s"/><text x="%d" y="16" textLength="%d">%s</text>
        """
            .formatted(width, cell, HEIGHT, colour, width + MARGIN, length, safe));
    spoken.append(spoken.isEmpty() ? "" : " ").append(safe);
    width += cell;
  }

  private String svg() {
    return """
    <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" role="img" aria-label="%s">
    <title>%s</title>
    <clipPath id="r"><rect width="%d" height="%d" rx="4"/></clipPath>
    <g clip-path="url(#r)" fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="12">
    %s</g>
    </svg>
    """
        .formatted(width, HEIGHT, spoken, spoken, width, HEIGHT, shapes);
  }

  /** Without what XML cannot carry at all. */
  private static String xml(String text) {
    var kept = new StringBuilder();
    text.codePoints()
        .filter(c -> !Character.isISOControl(c) && Character.getType(c) != Character.SURROGATE)
        .filter(c -> c != 0xFFFE && c != 0xFFFF)
        .forEach(kept::appendCodePoint);
    return kept.toString();
  }

  /** A number that a badge can show. */
  enum Figure {
    ONLINE("Đang online", "Online", Counters::online),
    TODAY("Hôm nay", "Today", Counters::views, Sums::today),
    YESTERDAY("Hôm qua", "Yesterday", Counters::views, Sums::yesterday),
    WEEK("Tuần này", "This week", Counters::views, Sums::week),
    MONTH("Tháng này", "This month", Counters::views, Sums::month),
    YEAR("Năm nay", "This year", Counters::views, Sums::year),
    TOTAL("Tất cả", "Total", Counters::views, Sums::total),
    VISITS("Lượt truy cập", "Visits", Counters::visits, Sums::total);

    private final String vietnamese;
    private final String english;
    private final Function<Counters, Long> value;

    Figure(String vietnamese, String english, Function<Counters, Long> value) {
      this.vietnamese = vietnamese;
      this.english = english;
      this.value = value;
    }

    Figure(
        String vietnamese,
        String english,
        Function<Counters, Sums> sums,
        Function<Sums, Long> value) {
      this(
          vietnamese,
          english,
          counters -> Optional.ofNullable(sums.apply(counters)).map(value).orElse(null));
    }

    /** Reads a list such as {@code online,total}. */
    static List<Figure> list(String show) {
      return Stream.of(show.split(",")).map(Figure::named).distinct().toList();
    }

    private static Figure named(String name) {
      return Arrays.stream(values())
          .filter(number -> number.name().equalsIgnoreCase(name.strip()))
          .findFirst()
          .orElseThrow(
              () ->
                  Refusal.ofField(
                      "show", "online, today, yesterday, week, month, year, total or visits"));
    }

    String caption(Language language) {
      return language == Language.ENGLISH ? english : vietnamese;
    }

    /** Null where it is not known at the moment. */
    @Nullable Long of(Counters counters) {
      return counters == null ? null : value.apply(counters);
    }
  }
}
