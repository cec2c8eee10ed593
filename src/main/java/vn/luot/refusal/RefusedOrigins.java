package vn.luot.refusal;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;

/**
 * Which origins were refused, by site, since it was last told: so that an owner learns that pages
 * of the site are not counted. Never more origins of a site than the limit.
 */
@ApplicationScoped
public class RefusedOrigins {
  /**
   * Of one kind.
   *
   * @param reason null together with the origin: any others
   * @param origin empty where the page named none
   */
  public record Refused(Reason reason, String origin) {
    public static final Refused OTHERS = new Refused(null, "");
  }

  private final int mostPerSite;
  private Map<Integer, Map<Refused, Long>> bySite = new HashMap<>();

  RefusedOrigins(RefusedOriginsConfig config) {
    this.mostPerSite = config.perSite();
  }

  /** {@code site} is registered, so that there are only so many. */
  public synchronized void add(int site, Refused refused, long times) {
    Map<Refused, Long> known = bySite.computeIfAbsent(site, s -> new HashMap<>());
    boolean room = known.size() < mostPerSite || known.containsKey(refused);
    known.merge(room ? refused : Refused.OTHERS, times, Long::sum);
  }

  /** What has come since the last time, by site. */
  public synchronized Map<Integer, Map<Refused, Long>> take() {
    Map<Integer, Map<Refused, Long>> taken = bySite;
    bySite = new HashMap<>();
    return taken;
  }
}
