package vn.luot.admin.imports.log;

import java.nio.ByteBuffer;
import java.time.Instant;
import vn.luot.site.page.Page;
import vn.luot.visitor.Agent;

/**
 * A line of a web server's log.
 *
 * @param address 4 or 16 bytes; null where the line names none
 */
public record LoggedHit(long number, Instant time, Page page, byte[] address, Agent agent) {
  /** Who viewed what; the same again soon is no view. */
  record Viewing(long page, ByteBuffer network, ByteBuffer device) {}
}
