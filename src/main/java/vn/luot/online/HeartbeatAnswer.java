package vn.luot.online;

/**
 * Who is online after a heartbeat.
 *
 * @param online visitors seen within the site's window, this one among them; null where not known
 * @param heartbeatSeconds when to send the next one
 */
public record HeartbeatAnswer(Long online, long heartbeatSeconds) {}
