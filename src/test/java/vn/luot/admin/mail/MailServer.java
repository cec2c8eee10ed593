package vn.luot.admin.mail;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A mail server (SMTP) that keeps what it is sent, and answers otherwise where it is told to. */
public final class MailServer implements AutoCloseable {
  /**
   * What {@link #answer} takes for an answer: the connection is cut, or nothing is said any more.
   */
  public static final String CUT = "cut";

  public static final String SILENT = "silent";

  /** Everything it was sent, whether it took it or not. */
  public final List<MimeMessage> mails = new CopyOnWriteArrayList<>();

  /** The commands it got. */
  public final List<String> commands = new CopyOnWriteArrayList<>();

  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final ServerSocket socket;
  private final SSLContext tls;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  private MailServer(int port, SSLContext tls) throws IOException {
    this.socket = new ServerSocket(port, 50, InetAddress.getByName("127.0.0.1"));
    this.tls = tls;
  }

  /** {@code tls} is null where it offers none. */
  public static MailServer start(int port, SSLContext tls) {
    try {
      MailServer server = new MailServer(port, tls);
      Thread accepting = new Thread(server::accept, "mail server");
      accepting.setDaemon(true);
      accepting.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return socket.getLocalPort();
  }

  /**
   * {@code command} is its first word; . is the end of a mail. An answer of null is the usual one.
   */
  public void answer(String command, String answer) {
    if (answer == null) {
      answers.remove(command);
    } else {
      answers.put(command, answer);
    }
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        open.add(client);
        Thread serving = new Thread(() -> serve(client), "mail server's client");
        serving.setDaemon(true);
        serving.start();
      } catch (IOException closed) {
        break;
      }
    }
    ended.complete(null);
  }

  private void serve(Socket client) {
    try (client) {
      client.getOutputStream().write("220 mail.example\r\n".getBytes(ISO_8859_1));
      Socket secured = converse(client);
      if (secured != client) {
        converse(secured);
      }
    } catch (IOException | MessagingException over) {
      // The client went, or did not trust this server.
    }
  }

  /** Until its end, or until it goes on encrypted. */
  private Socket converse(Socket client) throws IOException, MessagingException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(client.getInputStream(), ISO_8859_1));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      commands.add(line);
      String command = line.split("[ :]")[0].toUpperCase(Locale.ROOT);
      if (command.equals("DATA")) {
        client.getOutputStream().write("354 Go on\r\n".getBytes(ISO_8859_1));
        StringBuilder mail = new StringBuilder();
        for (String part = in.readLine(); !part.equals("."); part = in.readLine()) {
          mail.append(part.startsWith(".") ? part.substring(1) : part).append("\r\n");
        }
        mails.add(
            new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream(mail.toString().getBytes(ISO_8859_1))));
        command = ".";
      }
      String answer = answers.getOrDefault(command, usual(command, client));
      if (answer.equals(CUT)) {
        return client;
      }
      if (!answer.equals(SILENT)) {
        client.getOutputStream().write((answer + "\r\n").getBytes(ISO_8859_1));
      }
      if (command.equals("STARTTLS") && answer.startsWith("220")) {
        SSLSocket secured =
            (SSLSocket) tls.getSocketFactory().createSocket(client, null, client.getPort(), true);
        secured.setUseClientMode(false);
        return secured;
      }
    }
    return client;
  }

  private String usual(String command, Socket client) {
    boolean offers = tls != null && !(client instanceof SSLSocket);
    return switch (command) {
      case "EHLO" -> "250-mail.example\r\n" + (offers ? "250 STARTTLS" : "250 AUTH PLAIN");
      case "STARTTLS" -> "220 Go on";
      case "AUTH" -> "235 Welcome";
      case "QUIT" -> "221 Bye";
      default -> "250 Ok";
    };
  }

  @Override
  public void close() {
    try {
      socket.close();
      for (Socket client : open) {
        client.close();
      }
      // Until then it listens, and the next test's server could not.
      ended.join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
