package vn.luot;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.StringJoiner;
import org.awaitility.Awaitility;
import org.postgresql.Driver;
import vn.luot.standalone.Postgres;

/** PostgreSQL as a test looks into it, beside the application. */
public final class Database {
  // Every test that waits comes by here: it looks often and gives up late.
  static {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    Awaitility.setDefaultPollDelay(Duration.ZERO);
    Awaitility.setDefaultPollInterval(Duration.ofMillis(40));
  }

  private final String url;
  private final String username;
  private final String password;

  /** {@code postgres} is null where the environment named one. */
  public Database(Postgres postgres) {
    url = "jdbc:" + (postgres == null ? env("QUARKUS_DATASOURCE_REACTIVE_URL") : postgres.url());
    username = postgres == null ? env("QUARKUS_DATASOURCE_USERNAME") : postgres.username();
    password = postgres == null ? env("QUARKUS_DATASOURCE_PASSWORD") : postgres.password();
  }

  private static String env(String name) {
    return Optional.ofNullable(System.getenv(name)).orElse("");
  }

  /** Not by DriverManager, which forgets drivers when an application of another test ends. */
  public Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", username);
    properties.setProperty("password", password);
    return new Driver().connect(url, properties);
  }

  public void execute(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  public long number(String sql) {
    return Long.parseLong(table(sql));
  }

  /**
   * The rows, a line each, columns separated by blanks; of several statements those of the first
   * that returns any.
   */
  public String table(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = rows(statement, sql)) {
      StringJoiner lines = new StringJoiner("\n");
      while (rows.next()) {
        StringJoiner line = new StringJoiner(" ");
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          line.add(String.valueOf(rows.getObject(i)));
        }
        lines.add(line.toString());
      }
      return lines.toString();
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  private static ResultSet rows(Statement statement, String sql) throws SQLException {
    boolean returns = statement.execute(sql);
    while (!returns && statement.getUpdateCount() >= 0) {
      returns = statement.getMoreResults();
    }
    return statement.getResultSet();
  }
}
