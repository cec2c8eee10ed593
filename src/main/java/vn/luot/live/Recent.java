package vn.luot.live;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What was put last, for a while: between half of the lifetime and all of it, and at most so many.
 *
 * <p>Two generations, of which the older is dropped as a whole. To forget early is harmless to its
 * users, and a cache that ranks its entries costs them 4 microseconds for each one put.
 */
public final class Recent<K, V> {
  private final int most;
  private final long nanos;
  private final LongSupplier clock;
  private volatile Generation<K, V> young;

  public Recent(int most, Duration lifetime) {
    this(most, lifetime, System::nanoTime);
  }

  /** {@code clock} in nanoseconds. */
  Recent(int most, Duration lifetime, LongSupplier clock) {
    this.most = most / 2;
    this.nanos = lifetime.toNanos() / 2;
    this.clock = clock;
    this.young = new Generation<>(Map.of(), clock.getAsLong());
  }

  private record Generation<K, V>(Map<K, V> entries, Map<K, V> older, long since) {
    Generation(Map<K, V> older, long since) {
      this(new ConcurrentHashMap<>(), older, since);
    }

    V older(K key, Supplier<V> absent) {
      V value = older.get(key);
      return value == null ? absent.get() : value;
    }
  }

  /** Null where it is not remembered. */
  public V get(K key) {
    Generation<K, V> now = current();
    V value = now.entries.get(key);
    return value == null ? now.older.get(key) : value;
  }

  public void put(K key, V value) {
    current().entries.put(key, value);
  }

  /** The one value of a key, remembered for as long again; {@code absent} makes it. */
  public V share(K key, Supplier<V> absent) {
    Generation<K, V> now = current();
    V value = now.entries.get(key);
    return value != null ? value : now.entries.computeIfAbsent(key, k -> now.older(k, absent));
  }

  /** How many are remembered. */
  public int size() {
    Generation<K, V> now = current();
    return now.entries.size() + now.older.size();
  }

  private Generation<K, V> current() {
    Generation<K, V> known = young;
    long age = clock.getAsLong() - known.since;
    return age < nanos && known.entries.size() < most ? known : turn(known, age);
  }

  private synchronized Generation<K, V> turn(Generation<K, V> known, long age) {
    if (young == known) {
      boolean bothOver = age >= 2 * nanos;
      // A turn that nobody was there to make counts from when it was due.
      long since = known.since + (age < nanos || bothOver ? age : nanos);
      young = new Generation<>(bothOver ? Map.of() : known.entries, since);
    }
    return young;
  }
}
