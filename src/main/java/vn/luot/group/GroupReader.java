package vn.luot.group;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import vn.luot.admin.report.Overview;
import vn.luot.admin.report.OverviewReader;
import vn.luot.group.GroupSites.Group;
import vn.luot.group.GroupSites.Member;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;
import vn.luot.setting.Allowed;
import vn.luot.site.Site;
import vn.luot.site.SiteRules;
import vn.luot.site.registry.Sites;

/** Reads a group and its sum, at most once in some seconds however many ask. */
@Singleton
class GroupReader {
  private static final int MOST_GROUPS = 1000;

  private final Sites sites;
  private final OverviewReader reader;
  private final PublicLabels labels;
  private final Clock clock;

  /** What fails is kept by nobody: a cache of futures drops those. */
  private final AsyncCache<String, Reading> shared;

  private final AsyncCache<Class<PublicLabels>, Set<String>> known;

  GroupReader(Sites sites, OverviewReader reader, PublicLabels labels, Clock clock, Config config) {
    this.sites = sites;
    this.reader = reader;
    this.labels = labels;
    this.clock = clock;
    this.shared = cache(config.share());
    this.known = cache(config.share());
  }

  private static <K, V> AsyncCache<K, V> cache(Duration share) {
    return Caffeine.newBuilder().maximumSize(MOST_GROUPS).expireAfterWrite(share).buildAsync();
  }

  /** What was read, and the pages that were written of it. */
  record Reading(GroupSites sites, Map<GroupPage, String> pages) {
    String as(GroupPage page) {
      return pages.computeIfAbsent(page, of -> of.write(sites));
    }
  }

  /** Of the site's first label that is public, or of the one that is asked for, if it has that. */
  Uni<Group> read(Site site, String asked) {
    return shared(
            site.rules().labels(),
            own -> asked == null || SiteRules.label(asked).equals(own),
            "The site has no such label that is public.")
        .map(reading -> reading.sites.sum());
  }

  /** Of the label that is asked for; what is not public is not looked for. */
  Uni<Reading> page(String asked) {
    return shared(
        asked == null ? List.of() : List.of(SiteRules.label(asked)),
        any -> true,
        "There is no such public label.");
  }

  private Uni<Reading> shared(List<String> found, Predicate<String> meant, String refusal) {
    return Uni.createFrom()
        // Copies: a client that leaves cancels what it waits for.
        .completionStage(
            () -> known.get(PublicLabels.class, (k, executor) -> apart(labels::inForce)).copy())
        .map(
            all ->
                found.stream()
                    .filter(label -> all.contains(label) && meant.test(label))
                    .findFirst()
                    .orElseThrow(() -> Refusal.of(Reason.NOT_FOUND, refusal)))
        .flatMap(
            label ->
                Uni.createFrom()
                    .completionStage(
                        () -> shared.get(label, (l, executor) -> apart(() -> read(l))).copy()));
  }

  /** In a context of its own: it goes on where the call that began it is over. */
  private static <T> CompletableFuture<T> apart(Supplier<Uni<T>> read) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    VertxContext.createNewDuplicatedContext()
        .runOnContext(
            now -> read.get().subscribe().with(answer::complete, answer::completeExceptionally));
    return answer;
  }

  private Uni<Reading> read(String label) {
    List<Site> found =
        sites.all().stream()
            .filter(site -> site.rules().publicReading() && site.rules().labels().contains(label))
            .toList();
    return reader
        .read(found, null)
        .map(overview -> new Reading(group(label, overview), new ConcurrentHashMap<>()));
  }

  private GroupSites group(String label, Overview overview) {
    OffsetDateTime now =
        OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS);
    List<Member> members =
        overview.sites().stream()
            .map(
                line ->
                    new Member(
                        line.name(),
                        line.origin(),
                        line.timeZone(),
                        line.numbers().online(),
                        views(line.numbers())))
            .sorted(
                Comparator.comparing((Member member) -> member.views().month())
                    .reversed()
                    .thenComparing(Member::name))
            .toList();
    Overview.Sums sum = overview.sum();
    return new GroupSites(new Group(label, members.size(), sum.online(), views(sum), now), members);
  }

  private static Group.Views views(Overview.Sums of) {
    return new Group.Views(of.today(), of.yesterday(), of.month(), of.total());
  }

  /** Settings of what anybody may read of groups. */
  @ConfigMapping(prefix = "luot.group")
  public interface Config {
    /** How long one reading of the sites with a public label is given to everybody. */
    @WithDefault("10s")
    @WithConverter(Allowed.SomeTime.class)
    Duration share();
  }
}
