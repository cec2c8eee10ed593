package vn.luot.group;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import jakarta.enterprise.context.ApplicationScoped;
import java.text.Normalizer;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.hibernate.validator.constraints.time.DurationMin;
import vn.luot.admin.overview.Overview.Sums;
import vn.luot.admin.overview.OverviewReader;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;
import vn.luot.site.Site;
import vn.luot.site.registry.Sites;

/** Sums up a group, at most once in some seconds however many ask. */
@ApplicationScoped
class GroupReader {
  private static final int MOST_GROUPS = 1000;

  private final Sites sites;
  private final OverviewReader reader;
  private final Clock clock;
  private final Set<String> labels;

  /** What fails is kept by nobody: a cache of futures drops those. */
  private final AsyncCache<String, GroupResource.Group> shared;

  GroupReader(Sites sites, OverviewReader reader, Clock clock, Config config) {
    this.sites = sites;
    this.reader = reader;
    this.clock = clock;
    this.labels =
        config.publicLabels().orElse(Set.of()).stream()
            .map(GroupReader::folded)
            .collect(Collectors.toSet());
    this.shared =
        Caffeine.newBuilder()
            .maximumSize(MOST_GROUPS)
            .expireAfterWrite(config.share())
            .buildAsync();
  }

  /** Without marks: an environment in which no language is set holds no others. */
  private static String folded(String label) {
    return Normalizer.normalize(label, Normalizer.Form.NFD)
        .replaceAll("\\p{M}", "")
        .toLowerCase(Locale.ROOT)
        .replace('đ', 'd');
  }

  /** Of the site's first label that is public, or of the one that is asked for, if it has that. */
  Uni<GroupResource.Group> read(Site site, String asked) {
    String label =
        site.rules().labels().stream()
            .filter(own -> labels.contains(folded(own)) && (asked == null || asked.equals(own)))
            .findFirst()
            .orElseThrow(
                () -> Refusal.of(Reason.NOT_FOUND, "The site has no such label that is public."));
    return Uni.createFrom()
        // A copy: a client that leaves cancels what it waits for.
        .completionStage(() -> shared.get(label, (l, executor) -> read(l)).copy());
  }

  /** In a context of its own: it goes on where the call that began it is over. */
  private CompletableFuture<GroupResource.Group> read(String label) {
    List<Site> found =
        sites.all().stream()
            .filter(site -> site.rules().publicReading() && site.rules().labels().contains(label))
            .toList();
    CompletableFuture<GroupResource.Group> group = new CompletableFuture<>();
    Context apart = VertxContext.createNewDuplicatedContext();
    apart.runOnContext(
        now ->
            reader
                .read(found, null)
                .map(overview -> group(label, found.size(), overview.sum()))
                .subscribe()
                .with(group::complete, group::completeExceptionally));
    return group;
  }

  private GroupResource.Group group(String label, int count, Sums sum) {
    return new GroupResource.Group(
        label,
        count,
        sum.online(),
        new GroupResource.Group.Views(sum.today(), sum.yesterday(), sum.month(), sum.total()),
        OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS));
  }

  /** Settings of sums that anybody may read. */
  @ConfigMapping(prefix = "luot.group")
  public interface Config {
    /**
     * Labels whose sites' numbers are summed up for everybody, written without marks, such as
     * {@code so,huyen}. None by default: whoever changes a site's labels changes such a sum.
     */
    Optional<Set<String>> publicLabels();

    /** How long one reading of a sum is given to everybody. */
    @WithDefault("10s")
    @DurationMin(millis = 1)
    Duration share();
  }
}
