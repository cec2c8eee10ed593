package vn.luot.faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the fault tests measured: a line of JSON each in {@code target/faults.jsonl}. */
final class Figures {
  private static final Path FILE = Path.of("target", "faults.jsonl");
  private static final ObjectMapper JSON = new ObjectMapper();

  private Figures() {}

  static void write(
      String test, double seconds, Load load, Verdict verdict, Map<String, Object> more) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("test", test);
    line.put("seconds", Math.round(seconds * 10) / 10.0);
    line.put("sent", load.sent());
    line.put("acknowledged", verdict.acknowledged());
    line.put("counted", verdict.counted());
    line.put("lost", verdict.lost());
    line.put("doubled", verdict.doubled());
    line.put("notAcknowledgedButCounted", verdict.unasked());
    line.put("refused503", load.tally.refused.get());
    line.put("otherStatus", load.tally.otherwise.get());
    line.put("unanswered", load.tally.unanswered.get());
    line.put("untrueTotals", verdict.untrue());
    line.put("siteAndPagesApart", verdict.apart());
    line.putAll(more);
    append(line);
  }

  static void append(Map<String, Object> line) {
    try {
      String json = JSON.writeValueAsString(line);
      System.out.println(json);
      Files.writeString(FILE, json + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
