package vn.luot.live;

import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;
import vn.luot.site.Period;
import vn.luot.site.Site;
import vn.luot.visitor.Caller;
import vn.luot.visitor.ClientAddress;
import vn.luot.visitor.Network;
import vn.luot.visitor.hash.DaySalt;
import vn.luot.visitor.hash.VisitorHash;

/** Who sent a request, as far as anybody will know. */
@Singleton
public record Visitors(Periods periods, Salts salts, ClientAddress addresses) {
  /**
   * The networks a request came from on a site's day, hashed like visitors, the narrowest first.
   */
  public CompletionStage<Networks> networksOf(Site site, Caller caller) {
    List<byte[]> around = Network.around(addresses.of(caller));
    return salt(site)
        .thenApply(
            salt ->
                new Networks(
                    salt.day(),
                    around.stream().map(it -> VisitorHash.of(salt, site.id(), it)).toList()));
  }

  /** Hashes that nobody can compute again once the day is over. */
  public record Networks(LocalDate day, List<Long> narrowestFirst) {}

  /** One browser at one address on one day, told apart by all that its headers say of it. */
  public CompletionStage<String> senderOf(Site site, Caller caller) {
    byte[] address = addresses.of(caller);
    String headers = caller.header("User-Agent") + "\n" + caller.header("Accept-Language");
    return salt(site)
        .thenApply(salt -> VisitorHash.sender(salt, site.id(), address, headers))
        .thenApply(Long::toHexString);
  }

  /**
   * What the day's hashes are made with. Completes at once but for the first request of a day,
   * which fetches it.
   */
  public CompletionStage<DaySalt> salt(Site site) {
    Period period = periods.of(site);
    DaySalt known = salts.known(site, period);
    if (known != null) {
      return CompletableFuture.completedFuture(known);
    }
    return salts
        .fetch(site, period)
        .toCompletionStage()
        .exceptionally(
            failure -> {
              throw Refusal.forNow(Reason.NOT_STORED, "Redis does not answer; send it again.");
            });
  }
}
