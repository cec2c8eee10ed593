package vn.luot.admin.turn;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/**
 * How many owners' calls a pod works on at once. All keys of one site share that site's limits; a
 * key or person of every site has them for itself.
 */
@ConfigMapping(prefix = "luot.owners")
interface TurnsConfig {
  /** Calls worked on at once: half of PostgreSQL's connections, so that the flush keeps its own. */
  @WithDefault("4")
  @Positive
  int atOnce();

  /** Of these, the calls of one site. */
  @WithDefault("2")
  @Positive
  int atOnceOfOne();

  /** Calls that are worked on, wait, or whose answer is still being sent; more are answered 503. */
  @WithDefault("100")
  @Positive
  int open();

  /** Of these, the calls of one site; more are answered 429. */
  @WithDefault("20")
  @Positive
  int openOfOne();

  /** The longest a call waits before it is answered 503. */
  @WithDefault("5s")
  @DurationMin(millis = 1)
  Duration waitAtMost();

  /** How long a client may take to read what is left of an answer; then it is disconnected. */
  @WithDefault("10s")
  @DurationMin(millis = 1)
  Duration readWithin();
}
