package vn.luot.hit;

import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.jboss.resteasy.reactive.RestPath;
import vn.luot.admission.Senders;
import vn.luot.hit.batch.Hit;
import vn.luot.hit.batch.HitBatchers;
import vn.luot.reading.base.Completion;
import vn.luot.site.Site;
import vn.luot.site.registry.Sites;
import vn.luot.visitor.Caller;

/** Where an open page says that its reader is still there. */
@Path("/v1/sites/{site}/heartbeats")
public class HeartbeatResource {
  @Inject Sites sites;
  @Inject Senders senders;
  @Inject HitBatchers batchers;
  @Inject Completion completion;

  /**
   * Who is online after a heartbeat.
   *
   * @param online visitors seen within the site's window, this one among them; null where not known
   * @param heartbeatSeconds when to send the next one
   */
  public record HeartbeatAnswer(
      @Schema(nullable = true, examples = "34") Long online, long heartbeatSeconds) {}

  @POST
  @Consumes({MediaType.APPLICATION_JSON, MediaType.TEXT_PLAIN})
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "keepOnline",
      summary = "Keeps the visitor online and counts nothing",
      description =
          "The body, an empty JSON object, is not read. A robot, or a visitor who opted out, is"
              + " told who is online and is not part of it. As many as hits may be sent.")
  @RequestBody(
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(type = SchemaType.OBJECT)),
        @Content(mediaType = MediaType.TEXT_PLAIN, schema = @Schema(type = SchemaType.OBJECT))
      })
  public CompletionStage<HeartbeatAnswer> heartbeat(
      @RestPath String site, HttpServerRequest request) {
    Site known = sites.require(site);
    return senders
        .ofHeartbeat(known, Caller.of(request))
        .thenCompose(sender -> batchers.count(Hit.heartbeat(known, sender)))
        .thenCompose(
            live ->
                live.isKnown() && known.rules().publicReading()
                    ? completion.online(known, live)
                    : CompletableFuture.completedFuture(null))
        .thenApply(online -> new HeartbeatAnswer(online, completion.heartbeatSeconds()));
  }
}
