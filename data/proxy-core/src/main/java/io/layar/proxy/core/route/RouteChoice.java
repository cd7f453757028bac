package io.layar.proxy.core.route;

import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.runtime.RuntimeValues;
import io.layar.proxy.core.stream.StreamInfo;
import java.util.List;
import java.util.OptionalLong;

/** Which of an entry's routes a request takes. Thread: any (immutable). */
sealed interface RouteChoice {
    Route choose(HeaderMap headers, StreamInfo info, long random, RuntimeValues runtime);

    record Only(Route route) implements RouteChoice {
        @Override
        public Route choose(HeaderMap headers, StreamInfo info, long random, RuntimeValues runtime) {
            return route;
        }
    }

    /** A header names the cluster; without it the name is empty, and no cluster will be found. */
    record ByHeader(Route route, String header) implements RouteChoice {
        @Override
        public Route choose(HeaderMap headers, StreamInfo info, long random, RuntimeValues runtime) {
            String cluster = headers.get(header);
            return route.withCluster(cluster == null ? "" : cluster);
        }
    }

    /** A route with its share; {@code runtimeKey} may be empty. */
    record Share(RouteChoice choice, long weight, String runtimeKey) {}

    /**
     * Weighted clusters.
     *
     * @param randomHeader a header whose number takes the place of the random value, or empty
     * @param byHash whether the route's hash policy does
     */
    record Weighted(List<Share> shares, long total, String randomHeader, boolean byHash) implements RouteChoice {
        @Override
        public Route choose(HeaderMap headers, StreamInfo info, long random, RuntimeValues runtime) {
            long sum = total < 0 ? currentTotal(runtime) : total;
            long point = sum == 0 ? 0 : Long.remainderUnsigned(point(headers, info, random), sum);
            for (Share share : shares) {
                long weight = weight(share, runtime);
                if (point < weight) {
                    return share.choice.choose(headers, info, random, runtime);
                }
                point -= weight;
            }
            return shares.getLast().choice.choose(headers, info, random, runtime);
        }

        private long point(HeaderMap headers, StreamInfo info, long random) {
            if (byHash && shares.getFirst().choice instanceof Only(Route route)) {
                RouteAction.Forward forward = route.forward();
                OptionalLong hash = forward == null
                        ? OptionalLong.empty()
                        : forward.balancing().hash().hash(headers, info, _ -> {});
                return hash.orElse(random);
            }
            String text = randomHeader.isEmpty() ? null : headers.get(randomHeader);
            if (text == null) {
                return random;
            }
            try {
                return Long.parseUnsignedLong(text);
            } catch (NumberFormatException _) {
                return random;
            }
        }

        private long currentTotal(RuntimeValues runtime) {
            long sum = 0;
            for (Share share : shares) {
                sum += weight(share, runtime);
            }
            return sum;
        }

        private static long weight(Share share, RuntimeValues runtime) {
            return share.runtimeKey.isEmpty() ? share.weight : runtime.integer(share.runtimeKey, share.weight);
        }
    }
}
