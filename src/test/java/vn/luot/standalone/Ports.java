package vn.luot.standalone;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Which ports can be listened on. */
public final class Ports {
  /** One process asks for none twice: who has got it may open it later. */
  private static final AtomicInteger NEXT =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(12_000));

  private Ports() {}

  /**
   * A free port below those the system gives to outgoing connections: a client that keeps trying to
   * reach a killed server on one of those can end up connected to itself and hold the port.
   */
  public static int free() {
    while (true) {
      var port = 20_000 + Math.floorMod(NEXT.getAndIncrement(), 12_000);
      if (Obstacles.isFree("127.0.0.1", port)) {
        return port;
      }
    }
  }
}
