package vn.luot.admin.key;

import java.time.Duration;
import java.time.OffsetDateTime;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import vn.luot.admin.access.owner.Role;
import vn.luot.admin.body.Text;
import vn.luot.refusal.FieldErrors;

/** The key that is wanted. */
@Schema(
    name = "NewKey",
    requiredProperties = {"name", "role"})
public record KeyOrder(
    @Schema(
            description = "Whose it is, or what for",
            minLength = 1,
            maxLength = 200,
            examples = "Báo cáo tháng")
        String name,
    @Schema(
            description =
                "reader reads, editor changes as well, operator makes and deletes sites and keys",
            enumeration = {"reader", "editor", "operator"})
        String role,
    @Schema(
            description = "When it ends, within ten years; a year from now where it is not given",
            nullable = true)
        OffsetDateTime expiresAt) {
  private static final Duration STANDARD = Duration.ofDays(365);
  private static final Duration LONGEST = Duration.ofDays(3653);

  /** With its end; refused where a value is not allowed. */
  KeyOrder checked(OffsetDateTime now) {
    OffsetDateTime end = expiresAt == null ? now.plus(STANDARD) : expiresAt;
    new FieldErrors()
        .require(Text.isFit(name, 200), "name", Text.rule(200))
        .require(Role.of(role) != null, "role", "one of reader, editor, operator")
        .require(
            end.isAfter(now) && end.isBefore(now.plus(LONGEST)),
            "expiresAt",
            "a moment within the next ten years")
        .refuseIfAny();
    return new KeyOrder(name, role, end);
  }
}
