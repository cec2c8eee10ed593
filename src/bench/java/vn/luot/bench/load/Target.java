package vn.luot.bench.load;

/**
 * What is loaded, and with what.
 *
 * @param path where hits go; {@code %d} in it stands for the number of a site
 * @param sites how many of them, each as likely
 * @param pages how many pages are viewed, by Zipf's law
 * @param visitors how many view them, each as likely
 * @param from the page and the visitor to begin with where each is to view one after the other, or
 *     {@link #AT_RANDOM}
 */
public record Target(int port, String path, int sites, int pages, int visitors, int from) {
  public static final int AT_RANDOM = -1;

  public Target withSites(String path, int sites) {
    return new Target(port, path, sites, pages, visitors, from);
  }

  public Target withReaders(int pages, int visitors) {
    return new Target(port, path, sites, pages, visitors, from);
  }

  public Target inOrder(int from) {
    return new Target(port, path, sites, pages, visitors, from);
  }
}
