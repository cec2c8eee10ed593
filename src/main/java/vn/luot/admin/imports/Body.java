package vn.luot.admin.imports;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * A file that has arrived; it may be read more than once. It is kept packed, since a pod's heap is
 * small: paths and numbers take a fifth to a tenth of their size.
 */
public final class Body {
  private static final int BLOCK = 1 << 16;
  private static final char MARK = '\uFEFF';

  private final List<byte[]> blocks = new ArrayList<>();
  private final Deflater deflater = new Deflater(Deflater.BEST_SPEED);
  private final OutputStream packed = new DeflaterOutputStream(new Blocks(), deflater, BLOCK);
  private long size;
  private long ends;
  private byte last = '\n';

  /** Where packed bytes go, however small the pieces are. */
  private final class Blocks extends OutputStream {
    private int used = BLOCK;

    @Override
    public void write(int one) {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
      for (int written = 0; written < length; ) {
        if (used == BLOCK) {
          blocks.add(new byte[BLOCK]);
          used = 0;
        }
        int fits = Math.min(length - written, BLOCK - used);
        System.arraycopy(bytes, from + written, blocks.get(blocks.size() - 1), used, fits);
        used += fits;
        written += fits;
      }
    }
  }

  void add(byte[] piece) {
    try {
      packed.write(piece);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    size += piece.length;
    for (byte each : piece) {
      ends += each == '\r' || each == '\n' && last != '\r' ? 1 : 0;
      last = each;
    }
  }

  /** To be called once, when all of it is there. */
  void close() {
    try {
      packed.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      deflater.end();
    }
  }

  long size() {
    return size;
  }

  /** Bytes of memory. */
  long kept() {
    return (long) blocks.size() * BLOCK;
  }

  /** Ended as readers end them: by \n, \r or both together. The last one need not end. */
  public long lines() {
    return last == '\n' || last == '\r' ? ends : ends + 1;
  }

  private InputStream open() {
    List<InputStream> parts = new ArrayList<>();
    blocks.forEach(block -> parts.add(new ByteArrayInputStream(block)));
    return new InflaterInputStream(new SequenceInputStream(Collections.enumeration(parts)));
  }

  /** From its beginning, without a byte order mark. */
  public Reader text() throws IOException {
    Reader text = new InputStreamReader(open(), StandardCharsets.UTF_8);
    boolean marked = text.read() == MARK;
    if (!marked) {
      text.close();
    }
    return marked ? text : new InputStreamReader(open(), StandardCharsets.UTF_8);
  }

  /** The first line that is not UTF-8; 0 where all of it is. */
  public long lineNotUtf8() throws IOException {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer bytes = ByteBuffer.allocate(BLOCK);
    CharBuffer text = CharBuffer.allocate(BLOCK);
    long line = 1;
    char before = 0;
    try (InputStream in = open()) {
      while (true) {
        int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
        bytes.position(bytes.position() + Math.max(0, read)).flip();
        boolean wrong = decoder.decode(bytes, text, read < 0).isError();
        text.flip();
        while (text.hasRemaining()) {
          char each = text.get();
          line += each == '\r' || each == '\n' && before != '\r' ? 1 : 0;
          before = each;
        }
        if (wrong || read < 0) {
          return wrong ? line : 0;
        }
        text.clear();
        bytes.compact();
      }
    }
  }
}
