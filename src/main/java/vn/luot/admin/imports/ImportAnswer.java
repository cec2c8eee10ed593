package vn.luot.admin.imports;

import java.time.OffsetDateTime;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import vn.luot.admin.imports.csv.ImportError;

/** How far an import is, and what came of it. */
@Schema(name = "Import")
public record ImportAnswer(
    long id,
    @Schema(
            description =
                "running; done: all of it is in force, or with dryRun could be; refused: nothing was"
                    + " changed, see errors; brokenOff: nothing was changed, since the pod or"
                    + " PostgreSQL went away: send the file again",
            enumeration = {"running", "done", "refused", "brokenOff"})
        String state,
    boolean dryRun,
    String reason,
    @Schema(description = "Whose key, or which person") String by,
    @Schema(description = "Lines of the file") long lines,
    @Schema(description = "Lines checked so far") long checked,
    @Schema(
            description =
                "Lines written so far, in force when state is done; of a batch, its views")
        long done,
    @Schema(description = "Lines with numbers, without those that are refused") long accepted,
    @Schema(description = "How many errors there are in all") long errorCount,
    @Schema(description = "The first 100 of them") List<ImportError> errors,
    OffsetDateTime startedAt,
    @Schema(nullable = true) OffsetDateTime finishedAt,
    @Schema(nullable = true, description = "What the sender of hits called them; null: old numbers")
        String batch) {}
