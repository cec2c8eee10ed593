package vn.luot.visitor;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import vn.luot.setting.Allowed;

/** Settings of how senders of requests are told apart. */
@ConfigMapping(prefix = "luot.visitor")
interface VisitorConfig {
  /**
   * Networks of the proxies that are believed when they say whom they forward for, such as {@code
   * 10.0.0.0/8,fd00::/8}. Nobody by default: what a stranger says would make up visitors.
   */
  Optional<List<String>> trustedProxies();

  /**
   * The one header trusted proxies add to: X-Forwarded-For, or Forwarded (RFC 7239). Only one,
   * since a proxy that writes the one lets a client's own of the other kind pass.
   */
  @WithDefault("X-Forwarded-For")
  @WithConverter(Allowed.ForwardedHeader.class)
  String forwardedHeader();

  /**
   * Kinds of agents in the list of robots that are counted all the same. By default programs that
   * do what their user says: what they send was meant to be counted, and what a crawler fetches is
   * the page, not this. {@code none} counts no listed agent.
   */
  @WithDefault("http-library,browser-automation")
  Set<String> countedAgents();

  /** Names of agents whose verdict a pod remembers, up to 600 bytes each. */
  @WithDefault("10000")
  @WithConverter(Allowed.FromZero.class)
  int agentsJudged();
}
