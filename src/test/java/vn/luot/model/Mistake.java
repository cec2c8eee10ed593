package vn.luot.model;

/** What the design forbids; a model that does it must be found out. */
enum Mistake {
  NONE,
  /** A batch of unknown outcome is sent again under a new sequence. */
  RENUMBER,
  /** A batch of unknown outcome is sent again although another epoch has begun. */
  RESEND_ACROSS_EPOCHS,
  /** The flush adds what it read instead of keeping the maximum. */
  ADD_INSTEAD_OF_MAXIMUM,
  /** A Redis that comes back with older data goes on in its old epoch. */
  KEEP_EPOCH,
  /** A register is clean when it was flushed, whatever it became meanwhile. */
  CONFIRM_BLINDLY,
  /** A PostgreSQL that went back is not noticed. */
  TRUST_POSTGRES
}
