package vn.luot.site.page;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import vn.luot.refusal.Refusal;

/**
 * Decodes percent escapes once, except those whose meaning decoding would change.
 *
 * <p>A per cent sign that begins no escape stands for itself, as in browsers; it leaves escaped, so
 * that decoding the result again changes nothing.
 */
public final class PercentDecoder {
  private PercentDecoder() {}

  /** {@code kept} are the ASCII characters that stay escaped. */
  public static String decode(String text, String kept, String field) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    byte[] in = bytes(text, field);
    byte[] out = new byte[in.length * 3];
    int length = 0;
    for (int i = 0; i < in.length; i++) {
      int value = in[i] == '%' ? escaped(in, i) : in[i];
      if (in[i] == '%') {
        i += value < 0 ? 0 : 2;
        value = value < 0 ? '%' : value;
        if (kept.indexOf(value) >= 0) {
          length = escape(value, out, length);
          continue;
        }
      }
      out[length++] = (byte) value;
    }
    return wellFormed(Arrays.copyOf(out, length), field);
  }

  /** Not getBytes(), which makes a question mark of half a character, and so another page of it. */
  private static byte[] bytes(String text, String field) {
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      throw Refusal.ofField(field, "a page may not contain half characters");
    }
  }

  /** The byte an escape at this place stands for, or -1. */
  private static int escaped(byte[] in, int at) {
    if (at + 2 >= in.length) {
      return -1;
    }
    int high = Character.digit(in[at + 1], 16);
    int low = Character.digit(in[at + 2], 16);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
  }

  private static int escape(int value, byte[] out, int length) {
    out[length] = '%';
    out[length + 1] = (byte) Character.toUpperCase(Character.forDigit(value >> 4, 16));
    out[length + 2] = (byte) Character.toUpperCase(Character.forDigit(value & 15, 16));
    return length + 3;
  }

  /** Refuses what is not UTF-8: overlong forms, lone surrogates, bytes of other encodings. */
  private static String wellFormed(byte[] bytes, String field) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw Refusal.ofField(field, "the path must be UTF-8, percent-encoded where needed");
    }
  }
}
