package vn.luot.admin.imports.format;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import vn.luot.admin.imports.format.SqlReader.Kind;

/**
 * A dump of NukeViet's database, as mysqldump, phpMyAdmin, Navicat and NukeViet itself write it:
 * INSERT with or without names of columns, which then are those of CREATE TABLE before it. Of all
 * its tables those named ..._rows with a column hitstotal, ..._cat and ..._counter are read.
 */
final class NukeVietSql implements Format {
  private static final int MOST_TABLES = 10_000;
  private static final int MOST_COLUMNS = 256;
  private static final Set<String> NO_COLUMNS =
      Set.of("primary", "key", "unique", "index", "constraint", "fulltext", "foreign", "check");

  private final NukeVietRows rows;

  /** The one table of rows that is meant; null where the dump has only one. */
  private final String table;

  private Map<String, List<String>> created;
  private String taken;

  NukeVietSql(NukeVietRows rows, String table) {
    this.rows = rows;
    this.table = table;
  }

  @Override
  public void read(Body body, Sink sink) {
    created = new HashMap<>();
    taken = table;
    rows.forget();
    SqlReader sql = new SqlReader(body);
    try {
      for (sql.advanceToken(); sql.kind != Kind.END; sql.advanceToken()) {
        if (sql.isWord("insert") || sql.isWord("replace")) {
          insert(sql, sink);
        } else if (sql.isWord("create")) {
          create(sql);
        }
        while (sql.kind != Kind.END && !sql.isSign(';')) {
          sql.advanceToken();
        }
      }
      if (taken == null) {
        sink.refuse(
            1, 0, "no table ..._rows with a column hitstotal, and no ..._counter, is in it");
      }
    } catch (Unreadable e) {
      e.tell(sink);
    }
  }

  /** Goes on to the first name after a keyword; null where the statement has none. */
  private static String nameAfter(SqlReader sql, String keyword) {
    while (sql.kind != Kind.END && !sql.isSign(';') && !sql.isWord(keyword)) {
      sql.advanceToken();
    }
    sql.advanceToken();
    while (sql.isWord("if") || sql.isWord("not") || sql.isWord("exists")) {
      sql.advanceToken();
    }
    String name = name(sql);
    sql.advanceToken();
    // database.table
    while (sql.isSign('.')) {
      sql.advanceToken();
      name = name(sql);
      sql.advanceToken();
    }
    return name;
  }

  private static String name(SqlReader sql) {
    boolean named = sql.kind == Kind.NAME || sql.kind == Kind.WORD;
    String name = named ? sql.text.toLowerCase(Locale.ROOT) : null;
    return name == null || sql.kind == Kind.NAME ? name : name.substring(name.lastIndexOf('.') + 1);
  }

  private void create(SqlReader sql) {
    sql.advanceToken();
    if (!sql.isWord("table")) {
      return;
    }
    String name = nameAfter(sql, "table");
    List<String> columns = new ArrayList<>();
    boolean begins = true;
    for (int depth = 0; sql.kind != Kind.END && !sql.isSign(';'); sql.advanceToken()) {
      depth += sql.isSign('(') ? 1 : sql.isSign(')') ? -1 : 0;
      if (depth == 1 && begins && !sql.isSign('(')) {
        String column = name(sql);
        if (column != null
            && columns.size() < MOST_COLUMNS
            && (sql.kind == Kind.NAME || !NO_COLUMNS.contains(column))) {
          columns.add(column);
        }
      }
      begins = depth == 1 && (sql.isSign('(') || sql.isSign(','));
    }
    if (name != null && created.size() < MOST_TABLES) {
      created.put(name, columns);
    }
  }

  private void insert(SqlReader sql, Sink sink) {
    String name = nameAfter(sql, "into");
    List<String> columns = name == null ? null : created.get(name);
    if (sql.isSign('(')) {
      columns = tuple(sql).stream().map(column -> column.toLowerCase(Locale.ROOT)).toList();
    }
    if (name == null || !isMeant(name, columns, sql, sink)) {
      return;
    }
    while (sql.kind != Kind.END && !sql.isSign(';')) {
      if (sql.isSign('(')) {
        long line = sql.at;
        List<String> values = tuple(sql);
        if (values.size() != columns.size()) {
          sink.refuse(
              line,
              0,
              "has %d values, and %s %d columns".formatted(values.size(), name, columns.size()));
        } else if (name.endsWith("_cat")) {
          rows.category(module(name), columns, values);
        } else {
          rows.row(module(name), line, columns, values, sink);
        }
      } else {
        sql.advanceToken();
      }
    }
  }

  private boolean isMeant(String name, List<String> columns, SqlReader sql, Sink sink) {
    boolean ofRows = name.endsWith("_rows");
    if (!ofRows && !name.endsWith("_cat") && !name.endsWith("_counter")) {
      return false;
    }
    if (columns == null) {
      sink.refuse(sql.at, 0, name + ": the dump has neither its columns nor its CREATE TABLE");
      return false;
    }
    if (!ofRows) {
      taken = name.endsWith("_counter") && taken == null ? "" : taken;
      return name.endsWith("_cat") || rows.refusal(columns) == null;
    }
    if (!columns.contains("hitstotal") || table != null && !table.equals(name)) {
      return false;
    }
    if (taken != null && !taken.isEmpty() && !taken.equals(name)) {
      sink.refuse(
          sql.at,
          0,
          "both %s and %s are in it, and one path fits one: add ?table=%s"
              .formatted(taken, name, taken));
      return false;
    }
    taken = name;
    String wrong = rows.refusal(columns);
    if (wrong != null) {
      sink.refuse(sql.at, 0, name + ": " + wrong);
    }
    return wrong == null;
  }

  private static String module(String name) {
    return name.substring(0, name.lastIndexOf('_'));
  }

  /** From its opening to after its closing parenthesis; NULL is nothing. */
  private static List<String> tuple(SqlReader sql) {
    List<String> values = new ArrayList<>();
    sql.advanceToken();
    StringBuilder value = new StringBuilder();
    for (int depth = 1; sql.kind != Kind.END; sql.advanceToken()) {
      depth += sql.isSign('(') ? 1 : sql.isSign(')') ? -1 : 0;
      if (depth == 0 || depth == 1 && sql.isSign(',')) {
        if (values.size() == MOST_COLUMNS) {
          throw new Unreadable(sql.at, 0, "at most " + MOST_COLUMNS + " values a row", true);
        }
        values.add(value.toString());
        value.setLength(0);
        if (depth == 0) {
          sql.advanceToken();
          return values;
        }
      } else if (!sql.isWord("null") && value.length() < MAX_VALUE) {
        value.append(sql.text);
      }
    }
    throw new Unreadable(sql.at, 0, "a parenthesis is opened and never closed", true);
  }

  private static final int MAX_VALUE = 4096;
}
