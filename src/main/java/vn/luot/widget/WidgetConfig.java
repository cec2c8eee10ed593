package vn.luot.widget;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Under which public address pages load the script. */
@ConfigMapping(prefix = "luot.widget")
public interface WidgetConfig {

  /**
   * A further file name of the script, for sites whose visitors use blockers that match well-known
   * names. {@code widget.js} always answers as well.
   */
  @WithDefault("widget.js")
  String script();

  /**
   * A path in front of everything, such as {@code /thong-ke}, for a service that shares a portal's
   * own host. It starts with a slash and ends without one; {@code /} alone stands for none.
   */
  @WithDefault("/")
  String basePath();
}
