package vn.luot.total;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The keys that sign voter tokens, shared by all pods. */
@ApplicationScoped
public class TokenKeys {
  /** One statement, so that pods that start together make one key more at worst, and never none. */
  private static final String ADD_WHERE_DUE =
      """
      INSERT INTO token_key (secret)
      SELECT $1 WHERE NOT EXISTS
        (SELECT FROM token_key WHERE created_at > now() - make_interval(secs => $2))
      """;

  private static final String LOAD =
      "SELECT id, secret, created_at < now() - interval '1 minute' FROM token_key ORDER BY id";

  private final Pool pool;

  TokenKeys(Pool pool) {
    this.pool = pool;
  }

  /**
   * A key.
   *
   * @param id the higher, the newer
   * @param known whether every pod has had the time to load it
   */
  public record TokenKey(int id, byte[] secret, boolean known) {}

  /** All keys, oldest first; {@code fresh} becomes one of them if the newest is too old. */
  public Uni<List<TokenKey>> load(byte[] fresh, Duration newKeyEvery) {
    return pool.preparedQuery(ADD_WHERE_DUE)
        .execute(Tuple.of(Buffer.buffer(fresh), (double) newKeyEvery.toSeconds()))
        .flatMap(done -> pool.query(LOAD).execute())
        .map(TokenKeys::keys);
  }

  private static List<TokenKey> keys(Iterable<Row> rows) {
    List<TokenKey> keys = new ArrayList<>();
    for (Row row : rows) {
      keys.add(new TokenKey(row.getInteger(0), row.getBuffer(1).getBytes(), row.getBoolean(2)));
    }
    return keys;
  }
}
