package vn.luot.rating;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import vn.luot.total.TokenKeys.TokenKey;

/**
 * What a page keeps of a voter: a random number that names nobody, and a signature that keeps
 * anyone from inventing voters or bringing them from another site.
 *
 * <p>As text: base64url of voter (16 bytes), second of issue (4), key (4) and the first 16 bytes of
 * HMAC-SHA256 over these and the site.
 *
 * @param issued second of Unix time
 */
record VoterToken(UUID voter, long issued, int keyId) {
  private static final int SIGNED = 24;
  private static final int SIGNATURE = 16;
  private static final int LENGTH = SIGNED + SIGNATURE;

  String sign(TokenKey key, int site) {
    byte[] token = Arrays.copyOf(signed(), LENGTH);
    System.arraycopy(signature(key, site, signed()), 0, token, SIGNED, SIGNATURE);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
  }

  private byte[] signed() {
    return ByteBuffer.allocate(SIGNED)
        .putLong(voter.getMostSignificantBits())
        .putLong(voter.getLeastSignificantBits())
        .putInt((int) issued)
        .putInt(keyId)
        .array();
  }

  /** Not verified yet; null where this is no token at all. */
  static @Nullable VoterToken read(String text) {
    byte[] bytes = decoded(text);
    if (bytes == null) {
      return null;
    }
    ByteBuffer token = ByteBuffer.wrap(bytes);
    UUID voter = new UUID(token.getLong(), token.getLong());
    return new VoterToken(voter, Integer.toUnsignedLong(token.getInt()), token.getInt());
  }

  static boolean isSignedBy(String text, TokenKey key, int site) {
    byte[] bytes = decoded(text);
    byte[] expected = Arrays.copyOf(signature(key, site, Arrays.copyOf(bytes, SIGNED)), SIGNATURE);
    // In constant time: the time taken must not tell how much of a guess is right.
    return MessageDigest.isEqual(expected, Arrays.copyOfRange(bytes, SIGNED, LENGTH));
  }

  private static byte @Nullable [] decoded(String text) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text);
      return bytes.length == LENGTH ? bytes : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static byte[] signature(TokenKey key, int site, byte[] signed) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.secret(), "HmacSHA256"));
      mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(site).array());
      return mac.doFinal(signed);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HMAC-SHA256", e);
    }
  }
}
