package vn.luot.admin.body;

import vn.luot.refusal.Refusal;

/** How many entries of a list are asked for. */
public final class Limit {
  private Limit() {}

  public static int of(String written, int most) {
    if (!written.matches("[1-9][0-9]{0,8}") || Integer.parseInt(written) > most) {
      throw Refusal.ofField("limit", "a whole number from 1 to " + most);
    }
    return Integer.parseInt(written);
  }
}
