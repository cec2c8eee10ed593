package vn.luot.admin.imports.format;

import vn.luot.admin.baseline.Balance;

/** Where a format puts what it reads. */
public interface Sink {
  /** A balance found; {@code columns} are where its numbers stand, for errors. */
  void accept(long line, Balance balance, Columns columns);

  /** Something that cannot be read. {@code column} is 0 for the line as a whole. */
  void refuse(long line, int column, String detail);

  /** A line that names nothing Luot knows or counts, which is no mistake of the file's. */
  void skip(long line);

  /** Where the numbers of a balance stand in their line, from 1; 0 where they have no place. */
  record Columns(int page, int views, int visits, int ratingCount, int ratingSum) {
    public int of(String field) {
      return switch (field) {
        case "page" -> page;
        case "views" -> views;
        case "visits" -> visits;
        case "rating_count" -> ratingCount;
        case "rating_sum" -> ratingSum;
        default -> 0;
      };
    }
  }
}
