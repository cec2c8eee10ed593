package vn.luot.bench.load;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** HTTP requests as bytes. */
final class Requests {
  private static final String AGENT =
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)"
          + " Chrome/130.0.0.0 Safari/537.36";
  private static final String HEAD =
      "Host: localhost\r\nOrigin: https://portal.example\r\nUser-Agent: "
          + AGENT
          + "\r\nAccept-Encoding: gzip, deflate\r\n";

  private Requests() {}

  /** Of one path after the other, then from the first again. */
  static Supplier<byte[]> get(List<String> paths) {
    List<byte[]> requests = paths.stream().map(Requests::get).toList();
    int[] next = {0};
    return () -> requests.get(next[0]++ % requests.size());
  }

  private static byte[] get(String path) {
    return ("GET " + path + " HTTP/1.1\r\n" + HEAD + "\r\n").getBytes(StandardCharsets.US_ASCII);
  }

  /** The same as {@code hits.lua} makes for wrk. */
  static Supplier<byte[]> hits(Target target, long seed) {
    if (target.from() != Target.AT_RANDOM) {
      int[] next = {target.from()};
      return () -> {
        int one = next[0]++;
        return hit(target, 1, one % target.visitors(), 1 + one % target.pages());
      };
    }
    Random random = new Random(seed);
    double[] shares = new double[target.pages()];
    double sum = 0;
    for (int rank = 1; rank <= shares.length; rank++) {
      sum += 1.0 / rank;
      shares[rank - 1] = sum;
    }
    return () -> {
      int visitor = random.nextInt(target.visitors());
      int page = page(random, shares);
      return hit(target, 1 + random.nextInt(target.sites()), visitor, page);
    };
  }

  private static byte[] hit(Target target, int site, int visitor, int page) {
    String body = "{\"page\":\"/tin-tuc/bai-" + page + "\"}";
    String request =
        "POST "
            + target.path().replace("%d", Integer.toString(site))
            + " HTTP/1.1\r\n"
            + HEAD
            + "X-Forwarded-For: 10."
            + (visitor >> 16)
            + "."
            + (visitor >> 8 & 255)
            + "."
            + (visitor & 255)
            + "\r\nContent-Type: application/json\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body;
    return request.getBytes(StandardCharsets.US_ASCII);
  }

  /** The rank of a page: the first whose share of the sum reaches a random point. */
  private static int page(Random random, double[] shares) {
    double point = random.nextDouble() * shares[shares.length - 1];
    int low = 0;
    int high = shares.length - 1;
    while (low < high) {
      int middle = (low + high) / 2;
      if (shares[middle] < point) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low + 1;
  }
}
