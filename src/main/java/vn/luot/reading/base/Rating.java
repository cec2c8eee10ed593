package vn.luot.reading.base;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import vn.luot.total.Votes.Stars;

/**
 * A rating. Where it is not known at the moment, everything is null.
 *
 * @param count number of votes
 * @param sum of their stars
 * @param average sum / count, rounded half up to two decimals; null while nobody has voted
 * @param stars number of votes by stars: of those Luot counted, since an opening balance has only a
 *     count and a sum
 */
public record Rating(
    @Schema(description = "Votes", nullable = true, examples = "12") @Nullable Long count,
    @Schema(description = "Sum of their stars", nullable = true, examples = "54")
        @Nullable Long sum,
    @Schema(description = "sum / count, to two decimals", nullable = true, examples = "4.5")
        @Nullable BigDecimal average,
    ByStars stars) {
  public static final Rating UNKNOWN =
      new Rating(null, null, null, new ByStars(null, null, null, null, null));
  private static final int DECIMALS = 2;

  /** Number of votes that give so many stars. */
  public record ByStars(
      @Schema(nullable = true) @JsonProperty("1") @Nullable Long one,
      @Schema(nullable = true) @JsonProperty("2") @Nullable Long two,
      @Schema(nullable = true) @JsonProperty("3") @Nullable Long three,
      @Schema(nullable = true) @JsonProperty("4") @Nullable Long four,
      @Schema(nullable = true) @JsonProperty("5") @Nullable Long five) {}

  public static Rating of(Stars stars) {
    return new Rating(
        stars.count(),
        stars.sum(),
        average(stars.count(), stars.sum()),
        new ByStars(stars.one(), stars.two(), stars.three(), stars.four(), stars.five()));
  }

  /** Of {@code counts} of one to five stars; null where they are not known. */
  public static Rating of(long @Nullable [] counts) {
    return counts == null
        ? UNKNOWN
        : of(new Stars(counts[0], counts[1], counts[2], counts[3], counts[4]));
  }

  private static @Nullable BigDecimal average(long count, long sum) {
    if (count == 0) {
      return null;
    }
    return BigDecimal.valueOf(sum)
        .divide(BigDecimal.valueOf(count), DECIMALS, RoundingMode.HALF_UP)
        .stripTrailingZeros();
  }

  /** With an opening balance. */
  Rating plus(long count, long sum) {
    return this.count == null || this.sum == null || count == 0
        ? this
        : new Rating(
            this.count + count, this.sum + sum, average(this.count + count, this.sum + sum), stars);
  }

  /** As lists of pages show it. */
  public record Summary(
      @Schema(nullable = true) @Nullable Long count,
      @Schema(nullable = true) @Nullable Long sum,
      @Schema(nullable = true) @Nullable BigDecimal average) {
    public static Summary of(long count, long sum) {
      return new Summary(count, sum, Rating.average(count, sum));
    }
  }

  public Summary summary() {
    return new Summary(count, sum, average);
  }
}
