package vn.luot.admin.imports.format;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vn.luot.refusal.Refusal;

/** How a path is made of a row's columns, as in {@code /tin-tuc/{cat}/{alias}-{id}.html}. */
final class PathTemplate {
  private static final int LONGEST = 512;
  private static final Pattern NAME = Pattern.compile("\\{([a-z0-9_]+)\\}");

  private final String template;
  private final List<String> names;

  private PathTemplate(String template, List<String> names) {
    this.template = template;
    this.names = names;
  }

  static PathTemplate of(String template) {
    List<String> names = new ArrayList<>();
    if (template.length() <= LONGEST && template.startsWith("/")) {
      Matcher found = NAME.matcher(template);
      while (found.find()) {
        names.add(found.group(1));
      }
    }
    if (names.isEmpty()) {
      throw Refusal.ofField(
          "path", "say how a path is made of columns, such as /tin-tuc/{cat}/{alias}-{id}.html");
    }
    return new PathTemplate(template, List.copyOf(names));
  }

  List<String> names() {
    return names;
  }

  /** What is part of a value must not become part of the address's structure. */
  String fill(Function<String, String> value) {
    return NAME.matcher(template)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    value
                        .apply(found.group(1))
                        .replace("%", "%25")
                        .replace("?", "%3F")
                        .replace("#", "%23")));
  }
}
