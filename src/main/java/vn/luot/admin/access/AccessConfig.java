package vn.luot.admin.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/** Settings of who may use the admin calls. */
@ConfigMapping(prefix = "luot.access")
public interface AccessConfig {
  /** How long a pod trusts what it read of a key: the longest a revocation takes. */
  @WithDefault("3s")
  @DurationMin
  Duration trustKeysFor();

  /** How exactly the last use of a key is recorded. */
  @WithDefault("1m")
  @DurationMin
  Duration recordUseEvery();

  /** Unknown keys a network (/32, /64) may try in a minute before it is answered 429. */
  @WithDefault("20")
  @Positive
  int failuresPerMinute();

  /** When a viewer's key ends, which is what a shared link has, where its maker says nothing. */
  @WithDefault("30d")
  @DurationMin(days = 1)
  Duration linksLast();

  /** The longest that a viewer's key lasts: links are sent on and forgotten. */
  @WithDefault("366d")
  @DurationMin(days = 1)
  Duration linksLastAtMost();

  /** The claim of an OIDC token that names the one site within reach, or * for all. */
  @WithDefault("luot_site")
  @NotBlank
  String oidcSiteClaim();
}
