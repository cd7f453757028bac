package io.layar.proxy.router;

import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.http.HeaderNames;
import io.layar.proxy.core.route.MirrorPolicy;
import io.layar.proxy.upstream.WorkerClusters;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The copies of one request that go to mirrors. Thread: event loop of the stream. */
final class Shadows {
    private final List<ShadowRequest> requests;

    private Shadows(List<ShadowRequest> requests) {
        this.requests = requests;
    }

    /** The copies that this request makes, or null when it makes none. CONNECT is never copied. */
    static @Nullable Shadows of(
            List<MirrorPolicy> policies, RouterFilter router, WorkerClusters clusters, RouterConfig config) {
        HeaderMap headers = router.requestHeaders();
        if ("CONNECT".equals(headers.get(HeaderNames.METHOD))) {
            return null;
        }
        List<ShadowRequest> requests = new ArrayList<>(policies.size());
        for (MirrorPolicy policy : policies) {
            String cluster = policy.clusterOf(headers);
            long random = ThreadLocalRandom.current().nextLong();
            boolean chosen = policy.fraction() == null || policy.fraction().holds(config.runtime(), random);
            var named = cluster == null || !chosen ? null : clusters.cluster(cluster);
            if (named != null) {
                requests.add(new ShadowRequest(policy, router, named));
            }
        }
        return requests.isEmpty() ? null : new Shadows(requests);
    }

    void headers(boolean end) {
        requests.forEach(request -> request.headers(end));
    }

    /** {@code data} stays the caller's. */
    void data(ByteBuf data, boolean end) {
        requests.forEach(request -> request.data(data.retainedDuplicate(), end));
    }

    void trailers(HeaderMap trailers) {
        requests.forEach(request -> request.trailers(trailers.copy()));
    }

    /** The request it copies is over: what was not sent completely is given up. */
    void onRequestGone() {
        requests.forEach(ShadowRequest::onRequestGone);
    }
}
