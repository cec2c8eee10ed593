package vn.luot.model;

/** A pod with one batch of one hit on its way, as {@code HitBatcher} sends it. */
final class ModelPod {
  /** The hit it is sending, or -1. */
  int hit = -1;

  int writer;
  int sequence;
  int epoch;
  private int attemptEpoch;
  private boolean inDoubt;

  /** A request as it travels: Redis may execute it long after its sender has gone. */
  record Request(ModelPod pod, int writer, int sequence, int epoch, int hit) {}

  void take(int next) {
    hit = next;
    sequence++;
    inDoubt = false;
  }

  Request attempt(Mistake mistake) {
    if (inDoubt && mistake == Mistake.RENUMBER) {
      sequence++;
    }
    boolean bound = inDoubt && mistake != Mistake.RESEND_ACROSS_EPOCHS;
    attemptEpoch = bound ? attemptEpoch : epoch;
    return new Request(this, writer, sequence, attemptEpoch, hit);
  }

  /** Nobody knows what became of the last attempt. */
  void doubt() {
    inDoubt = true;
  }

  boolean isOf(Request request) {
    return hit == request.hit && writer == request.writer && sequence == request.sequence;
  }

  /** Whether the hit is to be answered as not stored, since its epoch is over. */
  boolean refused(ModelRedis.Answer answer, Mistake mistake) {
    epoch = answer.epoch();
    return inDoubt && mistake != Mistake.RESEND_ACROSS_EPOCHS;
  }

  void crash(int newWriter) {
    writer = newWriter;
    sequence = 0;
    epoch = 0;
    hit = -1;
  }
}
