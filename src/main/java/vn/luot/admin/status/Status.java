package vn.luot.admin.status;

import java.time.OffsetDateTime;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How Luot is, as this pod sees it. What is not known at the moment is null. */
@Schema(name = "Status")
public record Status(
    @Schema(description = "Version of Luot") String version,
    @Schema(description = "Version of the tables in PostgreSQL", nullable = true)
        String schemaVersion,
    OffsetDateTime at,
    Stores stores,
    FlushState flush,
    @Schema(
            description =
                "Epochs (uninterrupted histories of Redis) that hits are counted into now: 1 with one"
                    + " Redis, more in a cluster or while it changes",
            nullable = true)
        Integer epochs) {

  /** The two stores. */
  @Schema(name = "StatusStores")
  public record Stores(StoreState postgres, StoreState redis) {}

  /** One store. */
  @Schema(name = "StatusStore")
  public record StoreState(
      boolean up,
      @Schema(nullable = true, examples = "18.6") String version,
      @Schema(description = "Of one small question, in milliseconds", nullable = true)
          Double latencyMillis) {

    static final StoreState DOWN = new StoreState(false, null, null);
  }

  /** How far PostgreSQL is behind Redis. */
  @Schema(name = "StatusFlush")
  public record FlushState(
      @Schema(description = "When the last complete flush began", nullable = true)
          OffsetDateTime flushedAt,
      @Schema(description = "Seconds since then", nullable = true) Double lagSeconds,
      @Schema(
              description = "Counts in Redis that PostgreSQL lacks; votes and visitors aside",
              nullable = true)
          Integer unflushedRegisters) {

    static final FlushState UNKNOWN = new FlushState(null, null, null);
  }
}
