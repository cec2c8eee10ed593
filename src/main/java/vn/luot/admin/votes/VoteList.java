package vn.luot.admin.votes;

import java.time.OffsetDateTime;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Votes, the last changed first, without who cast them. */
@Schema(name = "VoteList")
public record VoteList(
    @Schema(
            description =
                "The list includes everything voted until then; null where that is not known",
            nullable = true)
        OffsetDateTime asOf,
    List<VoteEntry> votes,
    @Schema(
            description =
                "How many votes of the last weeks were neither counted nor kept one by one, because"
                    + " too many of one network were held already; null where that is not known",
            nullable = true)
        @Nullable Long summed,
    @Schema(description = "The cursor for the votes that follow; null at the end", nullable = true)
        @Nullable String next) {

  VoteList with(Long summed) {
    return new VoteList(asOf, votes, summed, next);
  }

  /** One vote. */
  @Schema(name = "VoteEntry")
  public record VoteEntry(
      long id,
      @Schema(description = "The page's path; null for a vote for the site itself", nullable = true)
          String page,
      @Schema(minimum = "1", maximum = "5") int stars,
      @Schema(
              description =
                  "Why it is not counted: network (many new voters of one network or site),"
                      + " fresh-token (faster than people vote), removed (by an owner); null: counted",
              nullable = true,
              examples = "network")
          String held,
      @Schema(description = "When it was cast or last changed") OffsetDateTime changedAt,
      @Schema(nullable = true) @Nullable Judgement judgement) {}

  /** What an owner decided about a vote. */
  @Schema(name = "VoteJudgement")
  public record Judgement(
      @Schema(enumeration = {"removed", "admitted"}) String action,
      String reason,
      @Schema(description = "Whose key it was") String by,
      OffsetDateTime at) {}
}
