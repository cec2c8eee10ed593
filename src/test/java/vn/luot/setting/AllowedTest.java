package vn.luot.setting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.eclipse.microprofile.config.spi.Converter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllowedTest {
  @ConfigMapping(prefix = "luot.allowed")
  interface Config {
    @WithDefault("500")
    @WithConverter(Allowed.OneTo1000.class)
    int batchSize();

    @WithDefault("2s")
    @WithConverter(Allowed.SomeTime.class)
    Duration every();
  }

  private static Config with(String name, String value) {
    return new SmallRyeConfigBuilder()
        .withMapping(Config.class)
        .withDefaultValue(name, value)
        .build()
        .getConfigMapping(Config.class);
  }

  @Test
  void aMappingTakesWhatIsAllowed() {
    assertEquals(1000, with("luot.allowed.batch-size", " 1000 ").batchSize());
    assertEquals(Duration.ofMillis(1), with("luot.allowed.every", "1ms").every());
  }

  @Test
  void aRefusalNamesTheSettingItsValueAndWhatIsAllowed() {
    String said =
        assertThrows(ConfigValidationException.class, () -> with("luot.allowed.batch-size", "1001"))
            .getMessage();
    for (String part :
        new String[] {"luot.allowed.batch-size", "1001", "a whole number from 1 to 1000"}) {
      assertTrue(said.contains(part), said);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "FromZero, 0, -1",
    "FromOne, 1, 0",
    "FromOne, 2147483647, 2147483648",
    "FromOne, 7, seven",
    "OneTo65535, 65535, 65536",
    "DecimalFromZero, 0.5, -0.5",
    "DecimalFromZero, 10, NaN",
    "DecimalFromZero, 10, Infinity",
    "SomeTimeOrNone, 0s, -1s",
    "SomeTime, 1ms, 0s",
    "SomeTime, PT5M, five minutes",
    "SomeTime, 7d, ''",
    "SomeTime, 7d, 9223372036854775807d",
    "FromOne, 1, ''",
    "DecimalFromZero, 1, ''",
    "FromOneSecond, 1s, 999ms",
    "FromOneDay, 1d, 23h",
    "KeyPrefix, luot-2.a_B, luot 2",
    "ForwardedHeader, forwarded, X-Real-IP",
    "SomeText, site, ' '",
  })
  void eachHasItsBound(String kind, String allowed, String refused) throws Exception {
    var converter =
        (Converter<?>)
            Class.forName(Allowed.class.getName() + "$" + kind).getConstructor().newInstance();
    converter.convert(allowed);
    assertThrows(IllegalArgumentException.class, () -> converter.convert(refused));
  }
}
