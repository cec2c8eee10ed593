package vn.luot.executable;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Writes down what a running application looks up by name, a line each: {@code kind name where}.
 * Called by what {@link LookupAgent} put into its classes; it is there for every class loader and
 * knows nothing but the JDK.
 *
 * <p>What a class looks up when it is initialised is left out: in a native executable that is done
 * by its build.
 */
public final class Lookups {
  private static final Set<String> NOTED = ConcurrentHashMap.newKeySet();
  private static volatile PrintStream lines;

  private Lookups() {}

  static void begin(Path file) throws IOException {
    lines = new PrintStream(Files.newOutputStream(file), true, StandardCharsets.UTF_8);
  }

  public static void type(String name, String where) {
    note("class", name, where);
  }

  public static void members(Class<?> type, String where) {
    if (type != null) {
      note("members", type.getName(), where);
    }
  }

  public static void service(Class<?> type, String where) {
    note("resource", "META-INF/services/" + type.getName(), where);
  }

  public static void resource(String name, String where) {
    note("resource", name, where);
  }

  /** A name is of the class's package unless it begins with a slash. */
  public static void resource(Class<?> type, String name, String where) {
    boolean absolute = name != null && name.startsWith("/");
    String directory = type.getPackageName().replace('.', '/') + "/";
    note("resource", absolute ? name.substring(1) : directory + name, where);
  }

  public static Class<?> forName(String name, boolean initialise, ClassLoader loader, String where)
      throws ClassNotFoundException {
    note("class", name, where);
    return Class.forName(name, initialise, loader);
  }

  public static Method getMethod(Class<?> type, String name, Class<?>[] parameters, String where)
      throws NoSuchMethodException {
    members(type, where);
    return type.getMethod(name, parameters);
  }

  public static Method getDeclaredMethod(
      Class<?> type, String name, Class<?>[] parameters, String where)
      throws NoSuchMethodException {
    members(type, where);
    return type.getDeclaredMethod(name, parameters);
  }

  public static Object newProxyInstance(
      ClassLoader loader, Class<?>[] types, InvocationHandler handler, String where) {
    StringBuilder names = new StringBuilder();
    for (Class<?> type : types) {
      names.append(names.length() == 0 ? "" : ",").append(type.getName());
    }
    note("proxy", names.toString(), where);
    return Proxy.newProxyInstance(loader, types, handler);
  }

  private static void note(String kind, String name, String where) {
    String line = kind + " " + name + " " + where;
    if (name == null || NOTED.contains(line) || isInitialising()) {
      return;
    }
    if (NOTED.add(line)) {
      lines.println(line);
    }
  }

  private static boolean isInitialising() {
    return StackWalker.getInstance()
        .walk(frames -> frames.anyMatch(frame -> frame.getMethodName().equals("<clinit>")));
  }
}
