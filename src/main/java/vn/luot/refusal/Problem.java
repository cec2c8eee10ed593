package vn.luot.refusal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What a refused request is answered with (RFC 9457).
 *
 * @param type stable, {@code urn:luot:problem:} and the reason
 * @param title the reason in words
 * @param status the HTTP status
 * @param detail what to change
 * @param errors the values that are not allowed; absent where no single value is at fault
 */
@RegisterForReflection(targets = {Problem.class, Refusal.FieldError.class})
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
    String type, String title, int status, String detail, List<Refusal.FieldError> errors) {
  public static final String MEDIA_TYPE = "application/problem+json";

  private static final ObjectWriter JSON = new ObjectMapper().writerFor(Problem.class);

  public static Problem of(Refusal refusal, Language language) {
    Reason reason = refusal.reason();
    return new Problem(
        "urn:luot:problem:" + reason.label(),
        reason.title(language),
        reason.status(),
        language == Language.VIETNAMESE
            ? inVietnamese(refusal)
            : Objects.requireNonNull(refusal.getMessage()),
        refusal.errors());
  }

  private static String inVietnamese(Refusal refusal) {
    String detail = refusal.reason().detailInVietnamese();
    return refusal.errors().isEmpty()
        ? detail
        : refusal.errors().stream()
            .map(error -> error.field() + ": " + error.detail())
            .collect(Collectors.joining("; ", detail + " (", ")"));
  }

  public byte[] json() {
    try {
      return JSON.writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a problem is always JSON", e);
    }
  }
}
