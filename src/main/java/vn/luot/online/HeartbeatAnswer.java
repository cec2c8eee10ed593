package vn.luot.online;

/**
 * Who is online after a heartbeat.
 *
 * @param online visitors seen within the site's window, this one among them
 * @param heartbeatSeconds when to send the next one
 */
public record HeartbeatAnswer(long online, long heartbeatSeconds) {}
