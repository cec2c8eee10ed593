package vn.luot.site.page;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256, kept by each thread: looking it up costs as much as hashing a path. */
public final class Sha256 {
  private static final ThreadLocal<MessageDigest> OWN = ThreadLocal.withInitial(Sha256::make);

  private Sha256() {}

  /** Ready to begin; to be used at once, by this thread. */
  public static MessageDigest digest() {
    MessageDigest own = OWN.get();
    own.reset();
    return own;
  }

  private static MessageDigest make() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
