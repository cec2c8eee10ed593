package vn.luot.admin.imports.format;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import vn.luot.site.Page;

/** Which pages the hashes of busuanzi stand for, among the pages that Luot knows. */
final class KnownHashes {
  private final Set<String> hosts = new HashSet<>();
  private final Set<String> hostHashes = new HashSet<>();

  /**
   * By the first 64 bits, which tell a million of them apart: null until the page is known. What
   * the file does not ask for is not kept, so memory is bounded by the file.
   */
  private final Map<Long, Page> pages = new HashMap<>();

  /** {@code origins} are the site's. */
  KnownHashes(List<String> origins) {
    for (String origin : origins) {
      hosts.add(URI.create(origin).getAuthority());
    }
    hosts.forEach(host -> hostHashes.add(HexFormat.of().formatHex(md5(host))));
  }

  void want(String hash) {
    pages.put(begin(HexFormat.of().parseHex(hash)), null);
  }

  /**
   * Versions hashed host+path, host&path or the path alone, as the browser wrote it: with a slash
   * at its end or without.
   */
  void learn(Page page) {
    Set<String> written =
        Set.of(page.path(), page.path().equals("/") ? "/index.html" : page.path() + "/");
    for (String path : written) {
      learn(path, page);
      for (String host : hosts) {
        learn(host + path, page);
        learn(host + "&" + path, page);
      }
    }
  }

  private void learn(String hashed, Page page) {
    long hash = begin(md5(hashed));
    if (pages.containsKey(hash)) {
      pages.put(hash, page);
    }
  }

  /** The site itself, if it is its host's hash; else null. */
  Page site(String hash) {
    return hostHashes.contains(hash) ? Page.PORTAL : null;
  }

  /** Null where Luot knows no page of this hash. */
  Page page(String hash) {
    return pages.get(begin(HexFormat.of().parseHex(hash)));
  }

  private static long begin(byte[] hash) {
    return ByteBuffer.wrap(hash).getLong();
  }

  /** Not for security: it is what busuanzi's keys are made with. */
  private static byte[] md5(String text) {
    try {
      return MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }
}
