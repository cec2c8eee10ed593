package vn.luot.admin.call;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;

/**
 * Reads the JSON of admin calls strictly: a field that Luot does not know is a mistake of whoever
 * sent it, and is said to be one.
 */
@Singleton
public class JsonBody {
  private final ObjectMapper json;
  private final ObjectReader strict;

  JsonBody(ObjectMapper json) {
    this.json = json;
    this.strict =
        typed(json.copy())
            .reader()
            .with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .with(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .without(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
  }

  /** Text is no number, a number no text, and nothing written is no moment. */
  private static ObjectMapper typed(ObjectMapper json) {
    for (LogicalType number :
        List.of(LogicalType.Integer, LogicalType.Float, LogicalType.Boolean)) {
      json.coercionConfigFor(number)
          .setCoercion(CoercionInputShape.String, CoercionAction.Fail)
          .setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail)
          .setCoercion(
              CoercionInputShape.Integer,
              number == LogicalType.Boolean ? CoercionAction.Fail : CoercionAction.TryConvert);
    }
    json.coercionConfigFor(LogicalType.Textual)
        .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
    return json.registerModule(
        new SimpleModule().addDeserializer(OffsetDateTime.class, new MomentReader()));
  }

  public <T> T read(byte[] body, Class<T> type) {
    return read(body, type, given -> given);
  }

  /** What {@code current} becomes where the body's fields replace its own (RFC 7396). */
  public <T> T patch(byte[] body, T current, Class<T> type) {
    return read(body, type, given -> json.<ObjectNode>valueToTree(current).setAll(given));
  }

  private <T> T read(byte[] body, Class<T> type, UnaryOperator<ObjectNode> whole) {
    try {
      return strict.forType(type).readValue(whole.apply(object(body)));
    } catch (JsonProcessingException e) {
      throw refusal(e);
    } catch (IOException e) {
      // Bytes of no encoding; what is in memory can always be read.
      throw Refusal.of(Reason.MALFORMED, "Send JSON in UTF-8.");
    }
  }

  private ObjectNode object(byte[] body) throws IOException {
    JsonNode node = strict.readTree(body);
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw Refusal.of(Reason.MALFORMED, "Send a JSON object.");
  }

  private static Refusal refusal(JsonProcessingException e) {
    if (e instanceof JsonParseException || !(e instanceof JsonMappingException mapping)) {
      return Refusal.of(Reason.MALFORMED, "Send JSON: " + e.getOriginalMessage());
    }
    String field =
        mapping.getPath().stream()
            .map(
                step ->
                    step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
            .collect(Collectors.joining("."));
    if (field.isEmpty()) {
      return Refusal.of(Reason.MALFORMED, "Send one JSON object without repeated fields.");
    }
    return Refusal.ofField(
        field,
        e instanceof UnrecognizedPropertyException
            ? "is not a field of this call; see /q/openapi"
            : "is of another type; see /q/openapi");
  }

  /** RFC 3339 and nothing else: Jackson's own also takes seconds, fractions and an empty text. */
  private static final class MomentReader extends StdDeserializer<OffsetDateTime> {
    private static final long serialVersionUID = 1;

    MomentReader() {
      super(OffsetDateTime.class);
    }

    @Override
    public OffsetDateTime deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      String written = parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : "";
      try {
        return OffsetDateTime.parse(written);
      } catch (DateTimeException e) {
        throw context.weirdStringException(written, handledType(), "no moment of RFC 3339");
      }
    }
  }
}
