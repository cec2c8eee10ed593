package vn.luot.admin.imports.format;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** A file that has arrived; it may be read more than once. */
public final class Body {
  /** However small the pieces are that it comes in, it takes no more memory than its size. */
  private static final int BLOCK = 1 << 16;

  private final List<byte[]> blocks = new ArrayList<>();
  private long size;
  private long ends;
  private byte last = '\n';

  public void add(byte[] piece) {
    for (int from = 0; from < piece.length; ) {
      int at = (int) (size % BLOCK);
      if (at == 0) {
        blocks.add(new byte[BLOCK]);
      }
      int length = Math.min(piece.length - from, BLOCK - at);
      System.arraycopy(piece, from, blocks.get(blocks.size() - 1), at, length);
      size += length;
      from += length;
    }
    for (byte each : piece) {
      ends += each == '\r' || each == '\n' && last != '\r' ? 1 : 0;
      last = each;
    }
  }

  public long size() {
    return size;
  }

  /** Ended as readers end them: by \n, \r or both together. The last one need not end. */
  public long lines() {
    return last == '\n' || last == '\r' ? ends : ends + 1;
  }

  InputStream open() {
    return new InputStream() {
      private long at;

      @Override
      public int read() {
        return at == size ? -1 : blocks.get((int) (at / BLOCK))[(int) (at++ % BLOCK)] & 0xFF;
      }
    };
  }
}
