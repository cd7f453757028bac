package io.layar.proxy.codec.http2;

import io.layar.proxy.core.http.HeaderNames;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.Map;

/** Gives the one instance of a name that {@link HeaderNames} holds, so that look-ups compare references. Thread: any. */
final class HeaderNameCache {
    private static final Map<String, String> KNOWN = known();

    private HeaderNameCache() {}

    private static Map<String, String> known() {
        Map<String, String> names = new HashMap<>();
        for (Field field : HeaderNames.class.getFields()) {
            if (Modifier.isStatic(field.getModifiers()) && field.getType() == String.class) {
                try {
                    String name = (String) field.get(null);
                    names.put(name, name);
                } catch (IllegalAccessException e) {
                    throw new IllegalStateException(field + ": not readable (expected: public)", e);
                }
            }
        }
        return names;
    }

    static String canonical(String name) {
        String known = KNOWN.get(name);
        return known == null ? name : known;
    }
}
