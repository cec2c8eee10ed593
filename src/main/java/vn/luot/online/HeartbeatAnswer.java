package vn.luot.online;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Who is online after a heartbeat.
 *
 * @param online visitors seen within the site's window, this one among them; null where not known
 * @param heartbeatSeconds when to send the next one
 */
public record HeartbeatAnswer(
    @Schema(nullable = true, examples = "34") Long online, long heartbeatSeconds) {}
