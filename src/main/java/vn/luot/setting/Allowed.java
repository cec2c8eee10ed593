package vn.luot.setting;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.runtime.configuration.DurationConverter;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.spi.Converter;

/**
 * What the values of settings may be: {@code @WithConverter(Allowed.FromOne.class)}. Where one is
 * something else, Luot does not start, and says which setting it is, its value and what is allowed.
 *
 * <p>Not by annotations of Jakarta Validation: reading them was 28 % of the main thread's work in a
 * start.
 */
@RegisterForReflection(
    targets = {
      Allowed.FromZero.class,
      Allowed.FromOne.class,
      Allowed.OneTo1000.class,
      Allowed.OneTo65535.class,
      Allowed.DecimalFromZero.class,
      Allowed.SomeTimeOrNone.class,
      Allowed.SomeTime.class,
      Allowed.FromOneSecond.class,
      Allowed.FromOneDay.class,
      Allowed.KeyPrefix.class,
      Allowed.ForwardedHeader.class,
      Allowed.SomeText.class
    })
@SuppressWarnings("serial") // Converters may be serialized. Nobody does.
public final class Allowed {
  private Allowed() {}

  /**
   * SmallRye takes the type of a setting from what {@code convert} returns: each kind has its own.
   */
  private static <T> T read(
      String text, Function<String, T> reader, Predicate<T> allowed, String rule) {
    try {
      T value = reader.apply(text.strip());
      if (value != null && allowed.test(value)) {
        return value;
      }
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new IllegalArgumentException("not " + rule, e);
    }
    throw new IllegalArgumentException("not " + rule);
  }

  private abstract static class Whole implements Converter<Integer> {
    private final int least;
    private final int most;

    Whole(int least, int most) {
      this.least = least;
      this.most = most;
    }

    @Override
    public Integer convert(String text) {
      String rule = "a whole number from " + least + " to " + most;
      return read(text, Integer::valueOf, value -> value >= least && value <= most, rule);
    }
  }

  /** Also 0. */
  public static final class FromZero extends Whole {
    public FromZero() {
      super(0, Integer.MAX_VALUE);
    }
  }

  public static final class FromOne extends Whole {
    public FromOne() {
      super(1, Integer.MAX_VALUE);
    }
  }

  public static final class OneTo1000 extends Whole {
    public OneTo1000() {
      super(1, 1000);
    }
  }

  public static final class OneTo65535 extends Whole {
    public static final int MOST = 65_535;

    public OneTo65535() {
      super(1, MOST);
    }
  }

  public static final class DecimalFromZero implements Converter<Double> {
    @Override
    public Double convert(String text) {
      Predicate<Double> allowed = value -> value >= 0 && value < Double.POSITIVE_INFINITY;
      return read(text, Double::valueOf, allowed, "a number from 0");
    }
  }

  private abstract static class Time implements Converter<Duration> {
    private final Duration least;
    private final String said;

    Time(Duration least, String said) {
      this.least = least;
      this.said = said;
    }

    @Override
    public Duration convert(String text) {
      String rule = "a time from " + said + ", such as 500ms, 90s, 5m, 2h or 7d";
      return read(
          text, DurationConverter::parseDuration, value -> value.compareTo(least) >= 0, rule);
    }
  }

  /** Also 0s. */
  public static final class SomeTimeOrNone extends Time {
    public SomeTimeOrNone() {
      super(Duration.ZERO, "0s");
    }
  }

  public static final class SomeTime extends Time {
    public SomeTime() {
      super(Duration.ofMillis(1), "1ms");
    }
  }

  public static final class FromOneSecond extends Time {
    public FromOneSecond() {
      super(Duration.ofSeconds(1), "1s");
    }
  }

  public static final class FromOneDay extends Time {
    public FromOneDay() {
      super(Duration.ofDays(1), "1d");
    }
  }

  private abstract static class Text implements Converter<String> {
    private final Predicate<String> pattern;
    private final String rule;

    Text(String pattern, String rule) {
      this.pattern = Pattern.compile(pattern).asMatchPredicate();
      this.rule = rule;
    }

    @Override
    public String convert(String text) {
      return read(text, value -> value, pattern, rule);
    }
  }

  public static final class KeyPrefix extends Text {
    public KeyPrefix() {
      super("[A-Za-z0-9._-]{1,32}", "1 to 32 of A-Z, a-z, 0-9, '.', '_' and '-'");
    }
  }

  public static final class ForwardedHeader extends Text {
    public ForwardedHeader() {
      super("(?i)X-Forwarded-For|Forwarded", "X-Forwarded-For or Forwarded");
    }
  }

  /** Not blank. */
  public static final class SomeText extends Text {
    public SomeText() {
      super(".+", "a text");
    }
  }
}
