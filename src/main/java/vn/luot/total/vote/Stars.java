package vn.luot.total.vote;

/** How many votes give one, two, three, four and five stars. */
public record Stars(long one, long two, long three, long four, long five) {
  public static final Stars NONE = new Stars(0, 0, 0, 0, 0);

  public long count() {
    return one + two + three + four + five;
  }

  public long sum() {
    return one + 2 * two + 3 * three + 4 * four + 5 * five;
  }
}
