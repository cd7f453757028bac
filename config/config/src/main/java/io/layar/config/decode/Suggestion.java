package io.layar.config.decode;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The word that somebody probably meant. */
public final class Suggestion {
    private static final int LONGEST = 64;

    private Suggestion() {}

    /** The candidate nearest to {@code word} if no more than two letters or a third of them differ, or null. Order: the first of equals. */
    public static @Nullable String closest(String word, Collection<String> candidates) {
        if (word.length() > LONGEST) {
            return null;
        }
        var lower = word.toLowerCase(Locale.ROOT);
        String best = null;
        int least = (word.length() < 4 ? 1 : Math.max(2, word.length() / 3)) + 1;
        for (var candidate : candidates) {
            int distance = candidate.length() > LONGEST ? LONGEST : distance(lower, candidate.toLowerCase(Locale.ROOT));
            if (distance < least) {
                least = distance;
                best = candidate;
            }
        }
        return best;
    }

    /** A question to append to a message, or nothing. */
    public static String sentence(@Nullable String closest) {
        return closest == null ? "" : "; did you mean \"" + closest + "\"?";
    }

    private static int distance(String a, String b) {
        var previous = new int[b.length() + 1];
        var current = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
            }
            var swap = previous;
            previous = current;
            current = swap;
        }
        return previous[b.length()];
    }
}
