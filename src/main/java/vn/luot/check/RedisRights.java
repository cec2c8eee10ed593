package vn.luot.check;

import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import vn.luot.live.redis.ErrorAnswer;
import vn.luot.live.redis.Keys;
import vn.luot.live.redis.RedisCommands;
import vn.luot.live.redis.Script;

/** Which commands the Redis user lacks, or Redis itself: some are renamed away. */
@Singleton
record RedisRights(RedisCommands redis) {
  private static final Script RIGHTS = Script.named("rights");

  /** Empty where nothing is missing. */
  Uni<List<Finding>> findings() {
    return redis
        .run(RIGHTS, List.of(Keys.rights()), List.of())
        .map(RedisRights::names)
        .onFailure(RedisRights::isRefused)
        .recoverWithItem(Throwable::getMessage)
        .map(missing -> missing.isEmpty() ? List.of() : List.of(finding(missing)));
  }

  private static String names(Response missing) {
    return StreamSupport.stream(missing.spliterator(), false)
        .map(Response::toString)
        .collect(Collectors.joining(", "));
  }

  /** Not even a script may be called. */
  private static boolean isRefused(Throwable failure) {
    String said = String.valueOf(failure.getMessage());
    return ErrorAnswer.of(failure) != null
        && (said.startsWith("NOPERM") || said.contains("unknown command"));
  }

  private static Finding finding(String missing) {
    return new Finding(
        "redis-rights",
        "The Redis user may not call what Luot needs: "
            + missing
            + ". Its rights stand in operating.md under \"Whose Redis it is\".");
  }
}
