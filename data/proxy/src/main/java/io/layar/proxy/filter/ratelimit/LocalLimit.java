package io.layar.proxy.filter.ratelimit;

import io.envoyproxy.envoy.extensions.common.ratelimit.v3.LocalRateLimitDescriptor;
import io.envoyproxy.envoy.extensions.common.ratelimit.v3.VhRateLimitsOptions;
import io.envoyproxy.envoy.extensions.common.ratelimit.v3.XRateLimitHeadersRFCVersion;
import io.envoyproxy.envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit;
import io.layar.proxy.core.accesslog.FormatFacts;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.config.Fields;
import io.layar.proxy.core.route.Descriptor;
import io.layar.proxy.core.route.HeaderMutations;
import io.layar.proxy.core.route.RateLimits;
import io.layar.proxy.core.route.RuntimeFraction;
import io.layar.proxy.core.runtime.RuntimeValues.Fraction;
import io.layar.proxy.core.stats.Counter;
import io.layar.proxy.core.stats.StatsScope;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One local rate limit: its buckets, and what it does to requests that exceed them. Thread: any.
 *
 * <p>Not done, and refused: a bucket per connection, sharing among a local cluster, descriptors with wildcard entries.
 */
final class LocalLimit {
    private static final Fraction NEVER = new Fraction(0, 100);

    final int status;
    final boolean resourceExhausted;
    final boolean rateHeaders;
    final boolean alwaysDefault;
    final int stage;
    final VhRateLimitsOptions hostLimits;
    final RuntimeFraction enabled;
    final RuntimeFraction enforced;
    final HeaderMutations requestHeaders;
    final HeaderMutations responseHeaders;
    final RateLimits own;
    final Stats stats;
    private final @Nullable TokenBucket bucket;
    private final List<Special> specials;

    record Stats(Counter enabled, Counter enforced, Counter limited, Counter ok) {}

    private record Special(List<Descriptor.Entry> entries, TokenBucket bucket) {}

    LocalLimit(LocalRateLimit proto, StatsScope scope, FormatFacts facts) {
        Fields.refuse(proto, "", "local_rate_limit_per_downstream_connection", "local_cluster_rate_limit");
        if (proto.getStatPrefix().isEmpty()) {
            throw new ConfigRejected("stat_prefix", "value length must be at least 1 characters");
        }
        int code = proto.getStatus().getCodeValue();
        status = code < 400 ? 429 : code;
        resourceExhausted = proto.getRateLimitedAsResourceExhausted();
        rateHeaders = proto.getEnableXRatelimitHeaders() == XRateLimitHeadersRFCVersion.DRAFT_VERSION_03;
        alwaysDefault = !proto.hasAlwaysConsumeDefaultTokenBucket()
                || proto.getAlwaysConsumeDefaultTokenBucket().getValue();
        stage = proto.getStage();
        hostLimits = proto.getVhRateLimits();
        enabled = proto.hasFilterEnabled()
                ? RuntimeFraction.of(proto.getFilterEnabled())
                : new RuntimeFraction("", NEVER);
        enforced = proto.hasFilterEnforced()
                ? RuntimeFraction.of(proto.getFilterEnforced())
                : new RuntimeFraction("", NEVER);
        requestHeaders = HeaderMutations.compile(
                proto.getRequestHeadersToAddWhenNotEnforcedList(),
                List.of(),
                facts,
                "request_headers_to_add_when_not_enforced");
        responseHeaders = HeaderMutations.compile(
                proto.getResponseHeadersToAddList(), List.of(), facts, "response_headers_to_add");
        own = RateLimits.compile(proto.getRateLimitsList(), "rate_limits");
        String prefix = proto.getStatPrefix() + ".http_local_rate_limit.";
        stats = new Stats(
                scope.counter(prefix + "enabled"),
                scope.counter(prefix + "enforced"),
                scope.counter(prefix + "rate_limited"),
                scope.counter(prefix + "ok"));
        bucket = proto.hasTokenBucket() ? TokenBucket.of(proto.getTokenBucket(), "token_bucket") : null;
        specials = specials(proto.getDescriptorsList());
    }

    private static List<Special> specials(List<LocalRateLimitDescriptor> protos) {
        List<Special> all = new ArrayList<>();
        for (int i = 0; i < protos.size(); i++) {
            String field = "descriptors[" + i + "]";
            List<Descriptor.Entry> entries = new ArrayList<>();
            for (var entry : protos.get(i).getEntriesList()) {
                if (entry.getValue().isEmpty()) {
                    throw ConfigRejected.unsupported(field + ".entries", "an entry without a value");
                }
                entries.add(new Descriptor.Entry(entry.getKey(), entry.getValue()));
            }
            all.add(new Special(entries, TokenBucket.of(protos.get(i).getTokenBucket(), field + ".token_bucket")));
        }
        return List.copyOf(all);
    }

    boolean hasSpecials() {
        return !specials.isEmpty();
    }

    /** What drawing came to: {@code bucket} is the one that decided, null where none was asked. */
    record Outcome(boolean allowed, @Nullable TokenBucket bucket) {}

    /** Draws for a request with these descriptors: from the bucket of each that has one, and from the common one. */
    Outcome draw(List<Descriptor> descriptors) {
        TokenBucket tightest = null;
        for (Descriptor descriptor : descriptors) {
            TokenBucket special = find(descriptor);
            if (special == null) {
                continue;
            }
            if (!special.take(descriptor.hits())) {
                return new Outcome(false, special);
            }
            if (tightest == null || special.remaining() < tightest.remaining()) {
                tightest = special;
            }
        }
        if (bucket == null || (tightest != null && !alwaysDefault)) {
            return new Outcome(true, tightest);
        }
        return new Outcome(bucket.take(1), tightest == null ? bucket : tightest);
    }

    private @Nullable TokenBucket find(Descriptor descriptor) {
        for (Special special : specials) {
            if (special.entries.equals(descriptor.entries())) {
                return special.bucket;
            }
        }
        return null;
    }
}
