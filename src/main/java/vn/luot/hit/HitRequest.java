package vn.luot.hit;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What a page sends to be counted. Unknown fields are ignored.
 *
 * @param page the page's path or explicit id, at most 512 bytes of UTF-8
 * @param title what lists call the page; cut after 300 characters
 * @param referrer the address the visitor came from; only its host is kept, and only where it is
 *     not one of the site's own
 */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
@Schema(requiredProperties = "page")
public record HitRequest(
    String page, @Schema(nullable = true) String title, @Schema(nullable = true) String referrer) {}
