package vn.luot.standalone;

/** Something the caller has to change; a stack trace would only hide what. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  Refusal(String message) {
    super(message, null, false, false);
  }
}
