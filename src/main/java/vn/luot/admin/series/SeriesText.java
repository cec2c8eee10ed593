package vn.luot.admin.series;

import io.smallrye.mutiny.Multi;
import io.vertx.core.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a {@link Series} as JSON, piece by piece: each holds its event loop for less than 1 ms.
 */
final class SeriesText {
  private static final int POINTS_A_PIECE = 500;

  private SeriesText() {}

  /**
   * Points with their numbers.
   *
   * @param known since when a number is certain; before, it is null
   * @param begun what begins later is null
   */
  record Filled(Points points, long[] values, Instant known, Instant begun) {
    private boolean isKnown(int i) {
      return !points.begins().get(i).isBefore(known);
    }

    private boolean isBegun(int i) {
      return !points.begins().get(i).isAfter(begun);
    }

    private @Nullable Long sum() {
      boolean known = IntStream.range(0, values.length).allMatch(this::isKnown);
      return known ? LongStream.of(values).sum() : null;
    }
  }

  /** {@code previous} and {@code compared} may be null. */
  static Multi<byte[]> pieces(
      Metric metric,
      Interval interval,
      OffsetDateTime asOf,
      Filled filled,
      @Nullable Filled previous,
      Series.@Nullable Compared compared) {
    String head =
        "{\"metric\":\"%s\",\"interval\":\"%s\",\"timeZone\":%s,\"asOf\":%s,\"sum\":%s,\"points\":["
            .formatted(
                metric.label(),
                interval.label(),
                Json.encode(filled.points.zone().getId()),
                asOf == null ? "null" : '"' + written(asOf) + '"',
                filled.sum());
    Multi<String> pieces =
        previous == null || compared == null
            ? of(head, filled, "]}")
            : Multi.createBy()
                .concatenating()
                .streams(
                    of(head, filled, "],"),
                    of("\"previous\":[", previous, "],\"comparison\":" + text(compared) + "}"));
    return pieces.map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  private static Multi<String> of(String before, Filled filled, String after) {
    int count = filled.values.length;
    int pieces = (count + POINTS_A_PIECE - 1) / POINTS_A_PIECE;
    return Multi.createFrom()
        .range(0, pieces)
        .map(
            piece -> {
              StringBuilder text = new StringBuilder(piece == 0 ? before : "");
              int begin = piece * POINTS_A_PIECE;
              IntStream.range(begin, Math.min(begin + POINTS_A_PIECE, count))
                  .forEach(i -> point(text, filled, i));
              return text.append(piece == pieces - 1 ? after : "").toString();
            });
  }

  private static void point(StringBuilder text, Filled filled, int i) {
    Instant begin = filled.points.begins().get(i);
    text.append(i == 0 ? "" : ",").append("{\"from\":\"");
    text.append(written(begin.atZone(filled.points.zone()).toOffsetDateTime()));
    text.append("\",\"value\":");
    if (filled.isKnown(i) && filled.isBegun(i)) {
      text.append(filled.values[i]).append('}');
    } else {
      text.append("null}");
    }
  }

  private static String text(Series.Compared compared) {
    return """
    {"from":"%s","to":"%s","until":"%s","otherUntil":"%s","value":%s,"other":%s,"countedSince":%s}"""
        .formatted(
            written(compared.from()),
            written(compared.to()),
            written(compared.until()),
            written(compared.otherUntil()),
            compared.value(),
            compared.other(),
            compared.countedSince() == null
                ? null
                : '"' + compared.countedSince().toString() + '"');
  }

  private static String written(OffsetDateTime moment) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(moment);
  }
}
