package vn.luot.echo;

import io.quarkus.vertx.http.Uncompressed;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * What a JSON POST costs on this stack when nothing is done with it: the limit of the benchmark.
 * Only {@code mvn -Pbench} compiles it, into an artifact of its own.
 */
@Path("/echo")
public class EchoResource {
  /** Read from JSON and written to it again. */
  public record Message(String page) {}

  @POST
  @Uncompressed
  @NonBlocking
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(hidden = true)
  public Message echo(Message message) {
    return message;
  }
}
