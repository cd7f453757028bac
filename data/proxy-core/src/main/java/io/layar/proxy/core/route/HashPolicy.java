package io.layar.proxy.core.route;

import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.config.Durations;
import io.layar.proxy.core.hash.XxHash64;
import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.http.HeaderNames;
import io.layar.proxy.core.match.RegexSubstitution;
import io.layar.proxy.core.stream.StreamInfo;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The hash by which a request sticks to a host: the policies of a route in their order. Thread: any (immutable). */
public final class HashPolicy {
    static final HashPolicy NONE = new HashPolicy(List.of());

    private final List<Step> steps;

    private HashPolicy(List<Step> steps) {
        this.steps = steps;
    }

    /** Takes the cookie that is to go to the client because it came without one. */
    @FunctionalInterface
    public interface CookieSink {
        /** {@code setCookie} is the value of a set-cookie header. */
        void add(String setCookie);
    }

    private record Step(Source source, boolean terminal) {}

    private sealed interface Source {
        /** The text to hash, or null when the request has none. */
        @Nullable
        String text(HeaderMap headers, StreamInfo info, CookieSink cookies);
    }

    static HashPolicy compile(List<RouteAction.HashPolicy> protos, String field) {
        if (protos.isEmpty()) {
            return NONE;
        }
        List<Step> steps = new ArrayList<>();
        for (RouteAction.HashPolicy proto : protos) {
            Source source = switch (proto.getPolicySpecifierCase()) {
                case HEADER ->
                    new Header(
                            proto.getHeader()
                                    .getHeaderName()
                                    .toLowerCase(Locale.ROOT)
                                    .intern(),
                            proto.getHeader().hasRegexRewrite()
                                    ? RegexSubstitution.compile(
                                            proto.getHeader().getRegexRewrite(), field)
                                    : null);
                case COOKIE -> Cookie.of(proto.getCookie());
                case CONNECTION_PROPERTIES ->
                    new SourceIp(proto.getConnectionProperties().getSourceIp());
                case QUERY_PARAMETER -> new Query(proto.getQueryParameter().getName());
                case FILTER_STATE -> new State(proto.getFilterState().getKey());
                case POLICYSPECIFIER_NOT_SET -> throw new ConfigRejected(field, "policy_specifier: value is required");
            };
            steps.add(new Step(source, proto.getTerminal()));
        }
        return new HashPolicy(List.copyOf(steps));
    }

    public boolean isEmpty() {
        return steps.isEmpty();
    }

    /** The hash of a request, or empty when no policy applies to it. */
    public OptionalLong hash(HeaderMap headers, StreamInfo info, CookieSink cookies) {
        boolean any = false;
        long hash = 0;
        for (Step step : steps) {
            String text = step.source.text(headers, info, cookies);
            if (text != null) {
                // Rotation keeps two equal policies from cancelling one another.
                hash = (any ? Long.rotateLeft(hash, 1) : 0) ^ XxHash64.of(text);
                any = true;
            }
            if (any && step.terminal) {
                break;
            }
        }
        return any ? OptionalLong.of(hash) : OptionalLong.empty();
    }

    private record Header(String name, @Nullable RegexSubstitution rewrite) implements Source {
        @Override
        public @Nullable String text(HeaderMap headers, StreamInfo info, CookieSink cookies) {
            int first = headers.indexOf(name);
            if (first < 0) {
                return null;
            }
            List<String> values = new ArrayList<>(2);
            for (int i = first; i < headers.size(); i++) {
                if (headers.name(i).equals(name)) {
                    values.add(rewrite == null ? headers.value(i) : rewrite.replaceAll(headers.value(i)));
                }
            }
            Collections.sort(values);
            return String.join("", values);
        }
    }

    private record SourceIp(boolean enabled) implements Source {
        @Override
        public @Nullable String text(HeaderMap headers, StreamInfo info, CookieSink cookies) {
            return enabled && info.remote().inet() != null ? info.remote().ip() : null;
        }
    }

    private record Query(String name) implements Source {
        @Override
        public @Nullable String text(HeaderMap headers, StreamInfo info, CookieSink cookies) {
            String path = headers.get(HeaderNames.PATH);
            return path == null ? null : Paths.queryParameter(path, name);
        }
    }

    private record State(String key) implements Source {
        @Override
        public @Nullable String text(HeaderMap headers, StreamInfo info, CookieSink cookies) {
            Object object = info.filterState(key);
            return object == null ? null : object.toString();
        }
    }

    /** {@code ttlSeconds} is -1 where no cookie is to be made. */
    private record Cookie(String name, long ttlSeconds, String attributes) implements Source {
        static Cookie of(RouteAction.HashPolicy.Cookie proto) {
            StringBuilder attributes = new StringBuilder();
            long ttl = proto.hasTtl() ? Durations.millis(proto.getTtl()) / 1000 : -1;
            if (ttl > 0) {
                attributes.append("; Max-Age=").append(ttl);
            }
            if (!proto.getPath().isEmpty()) {
                attributes.append("; Path=").append(proto.getPath());
            }
            proto.getAttributesList().forEach(attribute -> {
                attributes.append("; ").append(attribute.getName());
                if (!attribute.getValue().isEmpty()) {
                    attributes.append('=').append(attribute.getValue());
                }
            });
            return new Cookie(
                    proto.getName(), ttl, attributes.append("; HttpOnly").toString());
        }

        @Override
        public @Nullable String text(HeaderMap headers, StreamInfo info, CookieSink cookies) {
            String value = Cookies.find(headers, name);
            if (value != null && !value.isEmpty()) {
                return value;
            }
            if (ttlSeconds < 0) {
                return null;
            }
            // The same for every stream of a connection, so that racing streams get the same cookie.
            String seed = info.remote().text() + info.connection().local().text();
            String made = String.format("%016x", XxHash64.of(seed));
            cookies.add(name + "=\"" + made + "\"" + attributes);
            return made;
        }
    }
}
