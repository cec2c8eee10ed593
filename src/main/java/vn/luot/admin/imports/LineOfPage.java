package vn.luot.admin.imports;

/**
 * The line each page was named in: an open-addressing hash table of numbers, 12 bytes a slot, since
 * a million pages in a HashMap would take ten times as much.
 */
final class LineOfPage {
  private static final int SMALLEST = 1 << 10;

  private long[] pages = new long[SMALLEST];
  private int[] lines = new int[SMALLEST];
  private int size;

  /** The line that named the page before, or 0; then this one does. */
  int put(long page, int line) {
    if (size * 2 > pages.length) {
      grow();
    }
    int at = slot(page);
    if (lines[at] != 0) {
      return lines[at];
    }
    pages[at] = page;
    lines[at] = line;
    size++;
    return 0;
  }

  /** A page's key is a piece of a hash already; 0 is no line. */
  private int slot(long page) {
    int at = (int) (page ^ page >>> 32) & pages.length - 1;
    while (lines[at] != 0 && pages[at] != page) {
      at = at + 1 & pages.length - 1;
    }
    return at;
  }

  private void grow() {
    long[] oldPages = pages;
    int[] oldLines = lines;
    pages = new long[oldPages.length * 2];
    lines = new int[oldLines.length * 2];
    for (int i = 0; i < oldPages.length; i++) {
      if (oldLines[i] != 0) {
        int at = slot(oldPages[i]);
        pages[at] = oldPages[i];
        lines[at] = oldLines[i];
      }
    }
  }
}
