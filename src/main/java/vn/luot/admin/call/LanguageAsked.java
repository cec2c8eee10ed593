package vn.luot.admin.call;

import jakarta.ws.rs.DefaultValue;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;
import vn.luot.refusal.Refusal;

/** In which language an answer for people is asked for. */
public class LanguageAsked {
  @Parameter(
      description = "The language it is written in",
      schema = @Schema(enumeration = {"vi", "en"}))
  @RestQuery
  @DefaultValue("vi")
  public String language;

  public <T> T of(T vietnamese, T english) {
    return of(language, vietnamese, english);
  }

  public static <T> T of(String language, T vietnamese, T english) {
    return switch (language) {
      case "vi" -> vietnamese;
      case "en" -> english;
      default -> throw Refusal.ofField("language", "vi or en");
    };
  }
}
