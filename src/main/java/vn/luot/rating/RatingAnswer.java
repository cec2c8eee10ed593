package vn.luot.rating;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import vn.luot.reading.rating.Rating;

/**
 * The rating that contains the vote just cast.
 *
 * @param rating its fields are this answer's
 * @param mine this voter's stars; null after a withdrawal, or where the vote is not kept
 * @param voter the token to send with this voter's next vote
 * @param held why the vote is not counted yet: fresh-token, network (many new voters of one network
 *     or site; the owner decides), summed (as network, but too many to be kept one by one),
 *     removed; absent for a counted one
 */
public record RatingAnswer(
    @JsonUnwrapped Rating rating,
    @Schema(
            description = "This voter's stars; null after a withdrawal",
            nullable = true,
            examples = "5")
        Integer mine,
    String voter,
    @JsonInclude(JsonInclude.Include.NON_NULL) String held) {}
