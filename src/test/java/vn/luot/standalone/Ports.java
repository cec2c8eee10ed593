package vn.luot.standalone;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
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
      if (isFree("127.0.0.1", port)) {
        return port;
      }
    }
  }

  static boolean isFree(String host, int port) {
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
