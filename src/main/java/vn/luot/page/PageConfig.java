package vn.luot.page;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/** Settings of our own pages. */
@ConfigMapping(prefix = "luot.page")
public interface PageConfig {
  /**
   * Origins whose pages may show shared numbers in a frame, such as {@code
   * https://tinh.example.vn}. Nobody by default.
   */
  Optional<List<String>> sharedNumbersIn();
}
