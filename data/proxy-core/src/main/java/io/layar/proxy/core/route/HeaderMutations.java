package io.layar.proxy.core.route;

import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption.HeaderAppendAction;
import io.layar.proxy.core.accesslog.FormatFacts;
import io.layar.proxy.core.accesslog.LogInput;
import io.layar.proxy.core.accesslog.TextFormat;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.http.HeaderMap;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Headers to remove and to add on one level of a route table.
 *
 * <p>Order: removals; then all values are computed; then overwrites; then additions. Thread: any (immutable).
 */
public final class HeaderMutations {
    static final HeaderMutations NONE = new HeaderMutations(List.of(), List.of());

    private final String[] remove;
    private final Addition[] add;

    private HeaderMutations(List<String> remove, List<Addition> add) {
        this.remove = remove.toArray(String[]::new);
        this.add = add.toArray(Addition[]::new);
    }

    private record Addition(String name, TextFormat value, HeaderAppendAction action, boolean keepEmpty) {}

    /** Errors: {@link ConfigRejected} for pseudo headers, {@code host}, and formats that cannot be compiled. */
    public static HeaderMutations compile(
            List<HeaderValueOption> add, List<String> remove, FormatFacts facts, String field) {
        if (add.isEmpty() && remove.isEmpty()) {
            return NONE;
        }
        for (String name : remove) {
            if (name.startsWith(":") || name.equalsIgnoreCase("host")) {
                throw new ConfigRejected(field, ":-prefixed or host headers may not be removed");
            }
        }
        return new HeaderMutations(
                remove.stream().map(HeaderMutations::canonical).toList(),
                add.stream().map(option -> addition(option, facts, field)).toList());
    }

    private static Addition addition(HeaderValueOption option, FormatFacts facts, String field) {
        HeaderValue header = option.getHeader();
        String name = canonical(header.getKey());
        if (name.isEmpty()) {
            throw new ConfigRejected(field, "header key: value length must be at least 1 characters");
        }
        if (name.startsWith(":") || name.equals("host")) {
            throw new ConfigRejected(field, ":-prefixed or host headers may not be modified");
        }
        String value = header.getRawValue().isEmpty()
                ? header.getValue()
                : header.getRawValue().toStringUtf8();
        return new Addition(
                name, TextFormat.compile(value, true, facts), action(option, field), option.getKeepEmptyValue());
    }

    @SuppressWarnings("deprecation") // "append" is what older control planes write
    private static HeaderAppendAction action(HeaderValueOption option, String field) {
        if (!option.hasAppend()) {
            return option.getAppendAction();
        }
        if (option.getAppendAction() != HeaderAppendAction.APPEND_IF_EXISTS_OR_ADD) {
            throw new ConfigRejected(field, "Both append and append_action are set and it's not allowed");
        }
        return option.getAppend().getValue()
                ? HeaderAppendAction.APPEND_IF_EXISTS_OR_ADD
                : HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD;
    }

    private static String canonical(String name) {
        return name.toLowerCase(Locale.ROOT).intern();
    }

    public boolean isEmpty() {
        return remove.length == 0 && add.length == 0;
    }

    /** Applies to {@code headers}, which is one of the messages of {@code in}. */
    public void apply(HeaderMap headers, LogInput in) {
        for (String name : remove) {
            headers.remove(name);
        }
        if (add.length == 0) {
            return;
        }
        @Nullable String[] values = new @Nullable String[add.length];
        for (int i = 0; i < add.length; i++) {
            String value = add[i].value.format(in);
            values[i] = (!value.isEmpty() || add[i].keepEmpty) && wanted(add[i], headers) ? value : null;
        }
        for (int i = 0; i < add.length; i++) {
            String value = values[i];
            if (value != null && overwrites(add[i].action)) {
                headers.set(add[i].name, value);
            }
        }
        for (int i = 0; i < add.length; i++) {
            String value = values[i];
            if (value != null && !overwrites(add[i].action)) {
                headers.add(add[i].name, value);
            }
        }
    }

    private static boolean wanted(Addition addition, HeaderMap headers) {
        return switch (addition.action) {
            case ADD_IF_ABSENT -> !headers.contains(addition.name);
            case OVERWRITE_IF_EXISTS -> headers.contains(addition.name);
            case APPEND_IF_EXISTS_OR_ADD, OVERWRITE_IF_EXISTS_OR_ADD, UNRECOGNIZED -> true;
        };
    }

    private static boolean overwrites(HeaderAppendAction action) {
        return action == HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD
                || action == HeaderAppendAction.OVERWRITE_IF_EXISTS;
    }
}
