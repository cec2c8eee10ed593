package vn.luot.standalone;

import java.util.concurrent.ThreadLocalRandom;

/** Which ports can be listened on. */
public final class Ports {
  private Ports() {}

  /**
   * A free port below those the system gives to outgoing connections: a client that keeps trying to
   * reach a killed server on one of those can end up connected to itself and hold the port.
   */
  public static int free() {
    while (true) {
      var port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
      if (Obstacles.isFree("127.0.0.1", port)) {
        return port;
      }
    }
  }
}
