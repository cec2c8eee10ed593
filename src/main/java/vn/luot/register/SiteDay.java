package vn.luot.register;

import java.time.LocalDate;

/**
 * One day of one site in one epoch: all registers belong to one.
 *
 * @param epoch an uninterrupted history of a Redis
 * @param site a site's number, or that of its quarantine
 * @param day the site's local day
 */
public record SiteDay(long epoch, int site, LocalDate day) {
  /** From the beginning of a text such as {@link #mark}. */
  public static SiteDay of(String mark) {
    String[] parts = mark.split(":", 4);
    return new SiteDay(
        Long.parseLong(parts[0]),
        Integer.parseInt(parts[1]),
        LocalDate.ofEpochDay(Long.parseLong(parts[2])));
  }

  /** As sets and key names of Redis have it. */
  public String mark() {
    return epoch + ":" + site + ":" + day.toEpochDay();
  }
}
