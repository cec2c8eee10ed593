package vn.luot.faults;

import java.util.List;
import java.util.SplittableRandom;

/** Which page each hit is for: the n-th hit is for page {@code place(n)} of so many. */
interface Plan {
  List<FreshSite> sites();

  int places();

  int place(int n);

  Page page(int place);

  /** A page of its own for every hit, so that a repetition cannot hide behind a loss. */
  static Plan unique(FreshSite site, int most) {
    return new Plan() {
      @Override
      public List<FreshSite> sites() {
        return List.of(site);
      }

      @Override
      public int places() {
        return most;
      }

      @Override
      public int place(int n) {
        return n;
      }

      @Override
      public Page page(int place) {
        return new Page(site, "/k/" + place);
      }
    };
  }

  /** The same pages on each of the sites, in an order that looks random and is always the same. */
  static Plan spread(List<FreshSite> sites, int pages) {
    return new Plan() {
      @Override
      public List<FreshSite> sites() {
        return sites;
      }

      @Override
      public int places() {
        return sites.size() * pages;
      }

      @Override
      public int place(int n) {
        return new SplittableRandom(n).nextInt(places());
      }

      @Override
      public Page page(int place) {
        return new Page(sites.get(place % sites.size()), "/p/" + place / sites.size());
      }
    };
  }
}
