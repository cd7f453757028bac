package io.layar.xdsgen.authz;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a rule says about one attribute: it has one of some values, and none of others.
 *
 * <p>Errors: a matcher is empty for values that it cannot express, such as a path on a TCP connection.
 */
record AttributeTest<T>(List<String> values, List<String> notValues, Matcher<T> matcher) {

    /** How values become a term. */
    sealed interface Matcher<T> {}

    /** Each value is a term of its own. */
    record Each<T>(Function<String, Optional<T>> term) implements Matcher<T> {}

    /** All values together make one term. */
    record Together<T>(Function<List<String>, Optional<T>> term) implements Matcher<T> {}

    /** A term of values, if there is one, and whether it stands for all of them. */
    private record Partial<T>(Optional<T> term, boolean complete) {}

    /** The terms, all of which must hold; empty when strict and something cannot be expressed, which else is left out. */
    Optional<List<T>> terms(Terms<T> terms, boolean strict) {
        Partial<T> wanted = term(values, terms);
        Partial<T> unwanted = term(notValues, terms);
        if (strict && !(wanted.complete() && unwanted.complete())) {
            return Optional.empty();
        }
        ImmutableList.Builder<T> out = ImmutableList.builder();
        wanted.term().ifPresent(out::add);
        unwanted.term().map(terms::not).ifPresent(out::add);
        return Optional.of(out.build());
    }

    private Partial<T> term(List<String> of, Terms<T> terms) {
        if (of.isEmpty()) {
            return new Partial<>(Optional.empty(), true);
        }
        return switch (matcher) {
            case Together<T> together -> {
                Optional<T> term = together.term().apply(of);
                yield new Partial<>(term, term.isPresent());
            }
            case Each<T> each -> {
                List<T> found = new ArrayList<>();
                of.forEach(value -> each.term().apply(value).ifPresent(found::add));
                yield new Partial<>(
                        found.isEmpty() ? Optional.empty() : Optional.of(terms.or(found)), found.size() == of.size());
            }
        };
    }
}
