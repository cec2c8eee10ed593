package vn.luot.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import vn.luot.model.ModelRedis.Register;

/** A flush under way, a step at a time; it may stop for ever or do any step twice. */
final class ModelFlush {
  private record Value(Register register, int views) {}

  private final Queue<Register> toRead;
  private final Queue<Value> toMerge = new ArrayDeque<>();
  private final Queue<Value> toConfirm = new ArrayDeque<>();
  private final int start;

  ModelFlush(ModelRedis redis, ModelPostgres postgres, Random random, Mistake mistake) {
    start = postgres.start;
    if (start != redis.postgresStart && mistake != Mistake.TRUST_POSTGRES) {
      redis.dirty.addAll(redis.registers.keySet());
    }
    List<Register> dirty = new ArrayList<>(redis.dirty);
    Collections.shuffle(dirty, random);
    toRead = new ArrayDeque<>(dirty);
  }

  /** False when there was nothing more to do. */
  boolean step(ModelRedis redis, ModelPostgres postgres, Random random, Mistake mistake) {
    int which = random.nextInt(3);
    if (which == 0 && !toMerge.isEmpty()) {
      merge(postgres, random, mistake);
    } else if (which == 1 && !toConfirm.isEmpty()) {
      Value value = toConfirm.poll();
      redis.confirm(value.register, value.views, mistake == Mistake.CONFIRM_BLINDLY);
    } else if (!toRead.isEmpty()) {
      Register register = toRead.poll();
      toMerge.add(new Value(register, redis.registers.getOrDefault(register, 0)));
    } else if (toMerge.isEmpty() && toConfirm.isEmpty()) {
      redis.postgresStart = start;
      return false;
    }
    return true;
  }

  private void merge(ModelPostgres postgres, Random random, Mistake mistake) {
    Value value = toMerge.peek();
    postgres.merge(value.register, value.views, mistake == Mistake.ADD_INSTEAD_OF_MAXIMUM);
    // The answer to a COMMIT may be lost: then it is simply done again.
    if (random.nextInt(4) > 0) {
      toConfirm.add(toMerge.poll());
    }
  }
}
