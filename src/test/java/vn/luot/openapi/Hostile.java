package vn.luot.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** What attackers send: boundaries, wrong types, other people's languages. */
final class Hostile {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** As they stand in a URI. */
  static final List<String> IN_URI =
      List.of(
          "",
          "%20",
          "0",
          "-1",
          "1",
          "2",
          "101",
          "1e3",
          "1.5",
          "9223372036854775807",
          "9223372036854775808",
          "99999999999999999999999999",
          "NaN",
          "null",
          "true",
          "%5B%5D",
          "{}",
          "%27%22%3B--",
          "%27%20OR%201=1%20--",
          "%25",
          "%zz",
          "%",
          "%c0%af",
          "%ff%fe",
          "%00",
          "%0d%0aX:%20y",
          "..%2f..%2fetc",
          "//",
          "/a",
          "a/../b",
          "%E1%BB%89",
          "%F0%9F%98%80",
          "%ED%A0%80",
          "~other",
          "2026-11-21",
          "2026-02-30",
          "2026-13-01",
          "0000-01-01",
          "-999999-01-01",
          "9999-12-31",
          "2026-11-21T00:00:00Z",
          "2026-11-21T00:00:00%2B07:00",
          "views",
          "rating",
          "hour",
          "year",
          "asc",
          "*",
          "+",
          "$%7Bjndi:ldap://127.0.0.1/a%7D",
          "%7B%7B7*7%7D%7D",
          "=1%2B1",
          "<script>",
          "x".repeat(600),
          "%E1%BB%89".repeat(60));

  /** In the place of any JSON value. */
  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "0",
          "-1",
          "1",
          "1.5",
          "1e400",
          "9223372036854775808",
          "\"\"",
          "\" \"",
          "\"0\"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"=1+1\"",
          "\"' OR 1=1 --\"",
          "\"{}\"",
          "\"../..\"",
          "\"\\r\\nX: y\"",
          "\"2026-11-21T00:00:00Z\"",
          "\"9999999-01-01T00:00:00Z\"",
          "[]",
          "[null]",
          "[[[]]]",
          "[\"\"]",
          "{}",
          "{\"a\":1}",
          "\"" + "x".repeat(1500) + "\"");

  private static final List<String> WHOLE =
      List.of(
          "",
          " ",
          "null",
          "true",
          "[]",
          "{",
          "}",
          "{}",
          "{}{}",
          "\"a\"",
          "{\"a\":}",
          "{\"page\"",
          "\uFEFF{}",
          "\0a\0\0",
          "[".repeat(900),
          "{\"a\":".repeat(300),
          "{\"page\":1,\"page\":2}",
          "page=%2Fa&stars=5",
          "{\"page\":\"" + "/a".repeat(1000) + "\"}",
          "x".repeat(3000));

  private Hostile() {}

  static String inUri(Random random) {
    return IN_URI.get(random.nextInt(IN_URI.size()));
  }

  /** A body that was right before one or two of its values were replaced, or no JSON at all. */
  static byte[] body(JsonNode right, Random random) {
    if (right == null || random.nextInt(4) == 0) {
      byte[] whole = WHOLE.get(random.nextInt(WHOLE.size())).getBytes(StandardCharsets.UTF_8);
      if (random.nextInt(8) == 0 && whole.length > 0) {
        whole[random.nextInt(whole.length)] = (byte) 0xC0;
      }
      return whole;
    }
    ObjectNode body = right.deepCopy();
    for (int i = random.nextInt(2); i >= 0; i--) {
      List<String> fields = List.copyOf(body.properties().stream().map(e -> e.getKey()).toList());
      String field =
          fields.isEmpty() || random.nextInt(10) == 0
              ? "unknown"
              : fields.get(random.nextInt(fields.size()));
      body.putRawValue(
          field,
          new com.fasterxml.jackson.databind.util.RawValue(
              VALUES.get(random.nextInt(VALUES.size()))));
    }
    return body.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** An example of what a schema asks for. */
  static JsonNode example(JsonNode document, JsonNode schema) {
    if (schema.has("$ref")) {
      return example(document, document.at(schema.get("$ref").asText().substring(1)));
    }
    if (!schema.has("properties")) {
      return null;
    }
    ObjectNode example = JSON.createObjectNode();
    schema
        .get("properties")
        .properties()
        .forEach(
            property -> {
              JsonNode given = property.getValue().at("/examples/0");
              JsonNode standard = property.getValue().at("/default");
              JsonNode choice = property.getValue().at("/enum/0");
              JsonNode value = given.isMissingNode() ? standard : given;
              example.set(property.getKey(), value.isMissingNode() ? choice : value);
              if (example.get(property.getKey()).isMissingNode()) {
                example.putNull(property.getKey());
              }
            });
    return example;
  }
}
