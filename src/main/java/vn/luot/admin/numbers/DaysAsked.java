package vn.luot.admin.numbers;

import java.time.Instant;
import java.time.ZoneId;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Of which days numbers are asked for. */
public class DaysAsked {
  @Parameter(
      description =
          Span.FROM + "; the local day it lies in is taken whole. Not named: the beginning",
      example = "2026-11-01")
  @RestQuery
  public @Nullable String from;

  @Parameter(description = Span.TO + ". Not named: today", example = "2026-11-30")
  @RestQuery
  public @Nullable String to;

  /** From the beginning and until today, where they are not named. */
  public Span in(ZoneId zone, Instant now) {
    return Span.of(from, to, zone).orSinceEver(now);
  }

  /** As {@link #in}, as whole days; null for all time, where neither is named. */
  public @Nullable Span wholeDaysIn(ZoneId zone, Instant now) {
    return Span.of(from, to, zone).isOpen() ? null : in(zone, now).wholeDays();
  }
}
