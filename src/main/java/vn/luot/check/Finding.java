package vn.luot.check;

/**
 * A store is set so that it may lose what was counted.
 *
 * @param name stable, such as {@code redis-eviction}
 * @param detail what is wrong and what to set instead
 */
record Finding(String name, String detail) {}
