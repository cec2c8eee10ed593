package vn.luot.total;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import vn.luot.connection.Unis;
import vn.luot.connection.postgres.Rows;
import vn.luot.site.page.Sha256;

/** The keys that sign voter tokens, shared by all pods. */
@Singleton
public record TokenKeys(Pool pool) {
  /** One statement, so that pods that start together make one key more at worst, and never none. */
  private static final String ADD_WHERE_DUE =
      """
      INSERT INTO token_key (secret)
      SELECT $1 WHERE NOT EXISTS
        (SELECT FROM token_key
         WHERE created_at > now() - make_interval(secs => $2) AND revoked_at IS NULL)
      """;

  private static final String PUT_BACK =
      """
      WITH there AS (
        UPDATE token_key SET revoked_at = coalesce(revoked_at, $3) WHERE secret = $1 RETURNING id)
      INSERT INTO token_key (secret, created_at, revoked_at)
      SELECT $1, $2, $3 WHERE NOT EXISTS (SELECT FROM there)
      """;

  private static final String LOAD =
      """
      SELECT secret, created_at, revoked_at, created_at < now() - interval '1 minute'
      FROM token_key ORDER BY created_at, id
      """;

  /**
   * A key.
   *
   * @param revoked since when nothing it signed is valid; null where it is in force
   * @param known whether every pod has had the time to load it
   */
  public record TokenKey(
      byte[] secret, OffsetDateTime created, OffsetDateTime revoked, boolean known) {
    public boolean isInForce() {
      return revoked == null;
    }

    /** What tokens name it by: made of the secret, since numbers return after a restore. */
    public int id() {
      return ByteBuffer.wrap(Sha256.digest().digest(secret)).getInt();
    }
  }

  /** All keys, oldest first; {@code fresh} becomes one of them if the newest is too old. */
  public Uni<List<TokenKey>> load(byte[] fresh, Duration newKeyEvery) {
    return pool.preparedQuery(ADD_WHERE_DUE)
        .execute(Tuple.of(Buffer.buffer(fresh), (double) newKeyEvery.toSeconds()))
        .flatMap(done -> pool.query(LOAD).execute())
        .map(rows -> Rows.list(rows, TokenKeys::key));
  }

  /** An older PostgreSQL has lost keys that voters hold tokens of, or that they were revoked. */
  public Uni<Void> putBack(List<TokenKey> lost) {
    return Unis.inTurn(
        lost,
        key ->
            pool.preparedQuery(PUT_BACK)
                .execute(Tuple.of(Buffer.buffer(key.secret), key.created, key.revoked)));
  }

  private static TokenKey key(Row row) {
    return new TokenKey(
        row.getBuffer(0).getBytes(),
        row.getOffsetDateTime(1),
        row.getOffsetDateTime(2),
        row.getBoolean(3));
  }
}
