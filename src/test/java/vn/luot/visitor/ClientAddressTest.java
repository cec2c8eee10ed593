package vn.luot.visitor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.util.NetUtil;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressTest {
  private static final byte[] PROXY = Prefix.literal("10.0.0.1");

  private record Given(Optional<List<String>> trustedProxies) implements VisitorConfig {
    @Override
    public String forwardedHeader() {
      return "X-Forwarded-For";
    }

    @Override
    public Set<String> countedAgents() {
      return Set.of();
    }

    @Override
    public int agentsJudged() {
      return 1;
    }
  }

  private static ClientAddress trusting(String... proxies) {
    return new ClientAddress(new Given(Optional.of(List.of(proxies))));
  }

  private static String behindProxy(String... lines) {
    byte[] client = trusting("10.0.0.0/8", "fd00::/8").behind(PROXY, List.of(lines));
    return NetUtil.bytesToIpAddress(client);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "203.0.113.7                                 | 203.0.113.7",
        "6.6.6.6, 203.0.113.7                        | 203.0.113.7",
        "6.6.6.6, 203.0.113.7, 10.9.9.9              | 203.0.113.7",
        "6.6.6.6, 203.0.113.7 , fd00::1, 10.9.9.9    | 203.0.113.7",
        "10.2.2.2, 10.9.9.9                          | 10.2.2.2",
        "203.0.113.7:4711                            | 203.0.113.7",
        "::ffff:203.0.113.7                          | 203.0.113.7",
        "[::ffff:203.0.113.7]:4711                   | 203.0.113.7",
        "2001:db8::7                                 | 2001:db8::7",
        "[2001:db8::7]:4711                          | 2001:db8::7",
        "for=203.0.113.7;proto=https                 | 203.0.113.7",
        "for=6.6.6.6, By=10.0.0.1;FOR=\"[2001:db8::7]:47\" | 2001:db8::7",
        "for=\"6.6.6.6, for=203.0.113.7              | 203.0.113.7",
        "203.0.113.7, nonsense                       | 10.0.0.1",
        "203.0.113.7, _hidden                        | 10.0.0.1",
        "203.0.113.7, for=unknown                    | 10.0.0.1",
        "203.0.113.7, 999.1.1.1                      | 10.0.0.1",
        "203.0.113.7,                                | 10.0.0.1",
        "203.0.113.7, localhost, 10.9.9.9            | 10.9.9.9",
      })
  void theFirstFromTheRightThatIsNotTrustedIsTheClient(String header, String client) {
    assertEquals(client, behindProxy(header));
  }

  @Test
  void linesOfTheHeaderAreOneList() {
    assertEquals("203.0.113.7", behindProxy("6.6.6.6", "203.0.113.7", "10.9.9.9"));
    assertEquals("10.0.0.1", behindProxy());
  }

  @Test
  void twoHundredThousandMadeUpAddressesFromAStrangerAreOneClient() {
    ClientAddress trusting = trusting("10.0.0.0/8");
    ClientAddress trustingNobody = trusting();
    byte[] stranger = Prefix.literal("198.51.100.66");
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 200_000; i++) {
      byte[] made = new byte[i % 2 == 0 ? 4 : 16];
      random.nextBytes(made);
      List<String> lines = List.of(NetUtil.bytesToIpAddress(made) + ", 10.0.0.1");
      assertArrayEquals(stranger, trusting.behind(stranger, lines));
      assertArrayEquals(stranger, trustingNobody.behind(stranger, lines));
    }
  }

  @Test
  void whateverIsInTheHeaderGivesAnAddress() {
    SplittableRandom random = new SplittableRandom(2);
    String some = "0123456789abcdef.:,;=[]\"% \tfor_x-";
    for (int i = 0; i < 200_000; i++) {
      StringBuilder header = new StringBuilder();
      for (int left = random.nextInt(60); left > 0; left--) {
        header.append(some.charAt(random.nextInt(some.length())));
      }
      int length = trusting("10.0.0.0/8").behind(PROXY, List.of(header.toString())).length;
      assertEquals(true, length == 4 || length == 16, header.toString());
    }
  }

  @Test
  void aRowOfProxiesThatNeverEndsIsNotReadToItsEnd() {
    String endless = "10.0.0.2,".repeat(100_000) + "10.0.0.3";
    assertEquals("10.0.0.2", behindProxy("203.0.113.7," + endless));
  }

  @Test
  void aPrefixEndsAtAnyBit() {
    Prefix prefix = Prefix.parse("172.16.0.0/12");
    assertEquals(true, prefix.contains(Prefix.literal("172.31.255.255")));
    assertEquals(false, prefix.contains(Prefix.literal("172.32.0.0")));
    assertEquals(false, prefix.contains(Prefix.literal("2001:db8::1")));
    assertEquals(true, Prefix.parse("0.0.0.0/0").contains(PROXY));
    assertEquals(true, Prefix.parse("10.0.0.1").contains(PROXY));
  }

  @ParameterizedTest
  @CsvSource({"''", "proxy.example", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "::/129", "/8"})
  void whatIsNoNetworkIsRefusedAtStart(String text) {
    assertThrows(IllegalArgumentException.class, () -> trusting(text));
  }

  @Test
  void oneVisitorKeepsAnAddressOrTheHalfOfALongOne() {
    assertEquals("cb007107", hex(Network.of(Prefix.literal("203.0.113.7"))));
    assertEquals("20010db800010002", hex(Network.of(Prefix.literal("2001:db8:1:2:3:4:5:6"))));
    assertEquals("cb0071", hex(Network.around(Prefix.literal("203.0.113.7")).get(0)));
    assertEquals("", hex(Network.of(new byte[0])));
    assertEquals("fe80000000000000", hex(Network.of(Prefix.literal("fe80::1%eth0"))));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
