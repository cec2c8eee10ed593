package vn.luot.live;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import vn.luot.site.Page;

/** Calls {@code read_ratings.lua}. */
@ApplicationScoped
public class ReadRatings {
  private final Script script = Script.named("read_ratings");
  private final Store store;

  ReadRatings(Store store) {
    this.store = store;
  }

  /** Who knows a rating. */
  public enum Knower {
    REDIS,
    POSTGRES,
    NOBODY
  }

  /** {@code counts} of one to five stars, where Redis knows them. */
  public record LiveRating(Knower knower, long[] counts) {}

  /** In the order of the pages. */
  public Uni<List<LiveRating>> read(int site, List<Page> pages) {
    List<String> keys = new ArrayList<>(2 * pages.size());
    for (Page page : pages) {
      keys.add(Keys.rating(site, page.key()));
      keys.add(Keys.votes(site, page.key()));
    }
    return Futures.uni(() -> script.call(store::send, keys, List.of()))
        .map(
            reply -> {
              List<LiveRating> ratings = new ArrayList<>(pages.size());
              for (int i = 0; i < reply.size(); i += 6) {
                long[] counts = new long[5];
                for (int j = 0; j < counts.length; j++) {
                  counts[j] = reply.get(i + 1 + j).toLong();
                }
                ratings.add(new LiveRating(knower(reply.get(i).toInteger()), counts));
              }
              return ratings;
            });
  }

  private static Knower knower(int state) {
    return state == 1 ? Knower.REDIS : state == 0 ? Knower.POSTGRES : Knower.NOBODY;
  }
}
