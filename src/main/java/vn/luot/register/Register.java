package vn.luot.register;

/**
 * A register as it was found: numbers that only grow.
 *
 * @param key a page, an hour or a host; see {@link Kind}
 * @param counts in the order of {@link Kind#counts}
 */
public record Register(String key, long... counts) {}
