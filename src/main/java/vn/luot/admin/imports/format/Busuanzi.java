package vn.luot.admin.imports.format;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vn.luot.admin.baseline.Balance;
import vn.luot.site.Page;

/**
 * Keys of the self-hosted busuanzi (github.com/soxft/busuanzi, core/count.go) as CSV without a
 * header: {@code bsz:site_pv:<md5(host)>,<views>}, and for a page, by its version, {@code
 * bsz:page_pv:<md5(host+path)>,<views>} or, of a sorted set, {@code
 * bsz:page_pv:<md5(host)>,<md5(host&path)>,<views>}. Only hashes are stored, so a page is found
 * among those that Luot knows, and a line of any other is passed over. site_uv and page_uv count
 * distinct addresses for ever, for which Luot has no counterpart: they are passed over too.
 */
final class Busuanzi implements Format {
  private static final Pattern KEY =
      Pattern.compile(".{0,100}:(site_pv|page_pv|site_uv|page_uv):([0-9a-f]{32})(:[0-9a-f]{32})?");
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{32}");

  private final KnownHashes known;

  Busuanzi(KnownHashes known) {
    this.known = known;
  }

  /** A page has several hashes: with and without a slash at its end. */
  private record Found(long line, int column, long views) {
    Found plus(Found other) {
      return new Found(line, column, views + other.views);
    }
  }

  @Override
  public void prepare(Body body, KnownPages pages) {
    CsvReader csv = new CsvReader(body, (char) 0);
    for (List<String> fields = next(csv, null); fields != null; fields = next(csv, null)) {
      Matcher key = KEY.matcher(fields.get(0).strip());
      String hash = key.matches() ? hash(key, fields) : "";
      if (HASH.matcher(hash).matches()) {
        known.want(hash);
      }
    }
    pages.forEach(known::learn);
  }

  @Override
  public void read(Body body, Sink sink) {
    Map<Page, Found> found = new LinkedHashMap<>();
    CsvReader csv = new CsvReader(body, (char) 0);
    for (List<String> fields = next(csv, sink); fields != null; fields = next(csv, sink)) {
      line(csv.line(), fields, found, sink);
    }
    found.forEach(
        (page, sum) ->
            sink.accept(
                sum.line,
                new Balance(page, sum.views, null, null, null),
                new Sink.Columns(1, sum.column, 0, 0, 0)));
  }

  /** Null at the end, and where nothing further can be read; {@code sink} may be null. */
  private static List<String> next(CsvReader csv, Sink sink) {
    while (true) {
      try {
        List<String> fields = csv.read();
        boolean header =
            fields != null && csv.line() == 1 && fields.get(0).strip().equalsIgnoreCase("key");
        if (!header) {
          return fields;
        }
      } catch (Unreadable e) {
        if (sink != null) {
          e.tell(sink);
        }
        if (e.toTheEnd) {
          return null;
        }
      }
    }
  }

  private void line(long line, List<String> fields, Map<Page, Found> found, Sink sink) {
    Matcher key = KEY.matcher(fields.get(0).strip());
    if (fields.size() < 2 || fields.size() > 3 || !key.matches()) {
      sink.refuse(
          line, 1, "a key such as bsz:site_pv:<md5>, then perhaps a member, then the number");
      return;
    }
    String hash = hash(key, fields);
    if (!HASH.matcher(hash).matches()) {
      sink.refuse(line, 2, "the member is the md5 of a page, 32 of 0-9 and a-f");
      return;
    }
    Page page =
        switch (key.group(1)) {
          case "site_pv" -> known.site(hash);
          case "page_pv" -> known.page(hash);
          default -> null;
        };
    Long views =
        Format.number(fields.get(fields.size() - 1).strip(), line, fields.size(), "views", sink);
    if (page == null && views != null) {
      sink.skip(line);
    } else if (views != null) {
      found.merge(page, new Found(line, fields.size(), views), Found::plus);
    }
  }

  private static String hash(Matcher key, List<String> fields) {
    String last = key.group(3) == null ? key.group(2) : key.group(3).substring(1);
    return fields.size() == 3 ? fields.get(1).strip() : last;
  }
}
