package vn.luot.admin.access.owner;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** What a key consists of, and the hash that is all Luot keeps of it. */
public final class Secret {
  private static final int BYTES = 32;

  private Secret() {}

  /** 256 random bits, in letters that need no quoting anywhere. */
  public static String fresh() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return "luot_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** One plain round: nobody can guess 256 random bits, however quick the hash. */
  public static byte[] hash(String secret) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
