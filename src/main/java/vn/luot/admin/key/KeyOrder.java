package vn.luot.admin.key;

import java.time.Duration;
import java.time.OffsetDateTime;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import vn.luot.admin.access.AccessConfig;
import vn.luot.admin.access.Role;
import vn.luot.admin.call.Text;
import vn.luot.refusal.FieldErrors;
import vn.luot.site.SiteRules;

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
                "viewer sees the numbers only, reader how the site is run as well, editor changes it,"
                    + " operator makes and deletes sites and keys. Editors make viewers only",
            enumeration = {"viewer", "reader", "editor", "operator"})
        String role,
    @Schema(
            description =
                "A viewer of all sites can be given those with this label, as they have it at the"
                    + " time; null for all",
            minLength = 1,
            maxLength = 64,
            examples = "Sở",
            nullable = true)
        @Nullable String label,
    @Schema(
            description =
                "When it ends, within ten years; a year from now where it is not given. A viewer's"
                    + " within a year, 30 days from now where it is not given, unless the service is"
                    + " set up otherwise",
            nullable = true)
        OffsetDateTime expiresAt) {
  private static final Duration STANDARD = Duration.ofDays(365);
  private static final Duration LONGEST = Duration.ofDays(3653);
  private static final int LABEL = 64;

  /** With its end; refused where a value is not allowed. */
  KeyOrder checked(OffsetDateTime now, boolean ofSite, AccessConfig config) {
    boolean viewer = Role.of(role) == Role.VIEWER;
    Duration longest = viewer ? config.linksLastAtMost() : LONGEST;
    OffsetDateTime end =
        expiresAt == null ? now.plus(viewer ? config.linksLast() : STANDARD) : expiresAt;
    new FieldErrors()
        .require(Text.isFit(name, 200), "name", Text.rule(200))
        .require(Role.of(role) != null, "role", "one of viewer, reader, editor, operator")
        .require(
            label == null || viewer && !ofSite && Text.isFit(label, LABEL),
            "label",
            Text.rule(LABEL) + ", of a viewer of all sites")
        .require(
            end.isAfter(now) && !end.isAfter(now.plus(longest)),
            "expiresAt",
            "a moment within the next " + longest.toDays() + " days")
        .refuseIfAny();
    return new KeyOrder(name, role, label == null ? null : SiteRules.label(label), end);
  }
}
