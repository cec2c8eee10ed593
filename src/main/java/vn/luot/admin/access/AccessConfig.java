package vn.luot.admin.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import vn.luot.setting.Allowed;

/** Settings of who may use the admin calls. */
@ConfigMapping(prefix = "luot.access")
public interface AccessConfig {
  /** How long a pod trusts what it read of a key: the longest a revocation takes. */
  @WithDefault("3s")
  @WithConverter(Allowed.SomeTimeOrNone.class)
  Duration trustKeysFor();

  /** How exactly the last use of a key is recorded. */
  @WithDefault("1m")
  @WithConverter(Allowed.SomeTimeOrNone.class)
  Duration recordUseEvery();

  /** Unknown keys a network (/32, /64) may try in a minute before it is answered 429. */
  @WithDefault("20")
  @WithConverter(Allowed.FromOne.class)
  int failuresPerMinute();

  /** When a viewer's key ends, which is what a shared link has, where its maker says nothing. */
  @WithDefault("30d")
  @WithConverter(Allowed.FromOneDay.class)
  Duration linksLast();

  /** The longest that a viewer's key lasts: links are sent on and forgotten. */
  @WithDefault("366d")
  @WithConverter(Allowed.FromOneDay.class)
  Duration linksLastAtMost();

  /** The claim of an OIDC token that names the one site within reach, or * for all. */
  @WithDefault("luot_site")
  @WithConverter(Allowed.SomeText.class)
  String oidcSiteClaim();
}
