package vn.luot.model;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What {@code record_hits.lua} and its neighbours do, in plain Java. */
final class ModelRedis {
  /** A page's count in one epoch. */
  record Register(int epoch, int page) {}

  /** {@code epoch} is the one in force; nothing was written unless recorded. */
  record Answer(boolean recorded, int epoch) {}

  final Map<Register, Integer> registers = new HashMap<>();
  final Set<Register> dirty = new HashSet<>();
  private final Map<Integer, Integer> writers = new HashMap<>();
  int history;
  int postgresStart;
  private int epochHistory = -1;
  private int epoch;

  ModelRedis(int history) {
    this.history = history;
  }

  Answer record(int writer, int sequence, int guess, int page, int fresh) {
    if (epochHistory != history) {
      epochHistory = history;
      epoch = fresh;
    }
    boolean repeated = writers.getOrDefault(writer, -1) >= sequence;
    if (repeated) {
      return new Answer(true, epoch);
    }
    if (guess != epoch) {
      return new Answer(false, epoch);
    }
    writers.put(writer, sequence);
    Register register = new Register(epoch, page);
    registers.merge(register, 1, Integer::sum);
    dirty.add(register);
    return new Answer(true, epoch);
  }

  void confirm(Register register, int flushed, boolean blindly) {
    if (blindly || registers.getOrDefault(register, 0) == flushed) {
      dirty.remove(register);
    }
  }

  /** The same data in a new history, as after a restart; {@code keep} is the mistake not to say. */
  ModelRedis in(int newHistory, boolean keep) {
    ModelRedis copy = new ModelRedis(newHistory);
    copy.registers.putAll(registers);
    copy.dirty.addAll(dirty);
    copy.writers.putAll(writers);
    copy.postgresStart = postgresStart;
    copy.epoch = epoch;
    copy.epochHistory = keep ? newHistory : epochHistory;
    return copy;
  }
}
