package vn.luot.refusal;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vn.luot.setting.Allowed;

/**
 * Which origins were refused, by site, since it was last told: so that an owner learns that pages
 * of the site are not counted. Never more origins of a site than the limit.
 */
@Singleton
public class RefusedOrigins {
  /**
   * Of one kind.
   *
   * @param reason null together with the origin: any others
   * @param origin empty where the page named none
   */
  public record Refused(@Nullable Reason reason, String origin) {
    public static final Refused OTHERS = new Refused(null, "");
  }

  private final int mostPerSite;
  private Map<Integer, Map<Refused, Long>> bySite = new HashMap<>();

  RefusedOrigins(Config config) {
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

  /** What is remembered of pages that may not call. */
  @ConfigMapping(prefix = "luot.refusals")
  public interface Config {
    /** How often a pod adds its own to what Redis has; the last few are lost with a pod. */
    @WithConverter(Allowed.SomeTime.class)
    Duration writeEvery();

    /** Since the last refusal: a mistake that nobody makes any more is none. */
    @WithDefault("168h")
    @WithConverter(Allowed.FromOneSecond.class)
    Duration keep();

    /** Anybody can make up origins: one takes at most 350 bytes of Redis. */
    @WithDefault("50")
    @WithConverter(Allowed.FromOne.class)
    int perSite();
  }
}
