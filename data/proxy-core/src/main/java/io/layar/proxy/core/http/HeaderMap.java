package io.layar.proxy.core.http;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The headers of one message, in the order in which they came, pseudo headers ({@code :method}, {@code :path}, …) among them.
 *
 * <p>Shape: names are lower case (the codecs see to it; the wire's own case, where it is kept, is the codec's affair); values are
 * Latin-1 text, one char a byte, without surrounding blanks. A name may occur many times.
 * Lookup is a scan that compares references first: codecs intern the names of {@link HeaderNames}, so that a lookup by such a
 * constant costs a few loads. A message has some ten headers; no hash beats that.
 * Thread: event loop of the stream; not thread safe.
 */
public final class HeaderMap {
    private static final int INITIAL = 32;

    private String[] slots = new String[INITIAL];
    private int used;
    /** One bit per hash of a name that was ever added: most questions for absent names end here. */
    private long seen;

    private @Nullable WireForm wireForm;

    /** Number of header lines. */
    public int size() {
        return used >> 1;
    }

    public boolean isEmpty() {
        return used == 0;
    }

    /** Name of line {@code index}, in 0..size()-1. */
    public String name(int index) {
        return slots[index << 1];
    }

    /** Value of line {@code index}, in 0..size()-1. */
    public String value(int index) {
        return slots[(index << 1) + 1];
    }

    /** Appends a line; {@code name} must be lower case. */
    public HeaderMap add(String name, String value) {
        if (used == slots.length) {
            slots = Arrays.copyOf(slots, used << 1);
        }
        slots[used] = name;
        slots[used + 1] = value;
        used += 2;
        seen |= 1L << name.hashCode();
        return this;
    }

    /** Replaces the first line of that name and removes further ones; appends when there is none. */
    public HeaderMap set(String name, String value) {
        int at = indexOf(name);
        if (at < 0) {
            return add(name, value);
        }
        slots[(at << 1) + 1] = value;
        removeFrom(at + 1, name);
        return this;
    }

    /** Value of the first line of that name, or null. */
    public @Nullable String get(String name) {
        int at = indexOf(name);
        return at < 0 ? null : slots[(at << 1) + 1];
    }

    public boolean contains(String name) {
        return indexOf(name) >= 0;
    }

    /** Index of the first line of that name, or -1. */
    public int indexOf(String name) {
        if ((seen >>> name.hashCode() & 1) == 0) {
            return -1;
        }
        String[] s = slots;
        for (int i = 0; i < used; i += 2) {
            if (s[i] == name) {
                return i >> 1;
            }
        }
        for (int i = 0; i < used; i += 2) {
            if (s[i].length() == name.length() && s[i].equals(name)) {
                return i >> 1;
            }
        }
        return -1;
    }

    /** All values of that name joined by {@code ","} as Envoy's matchers see them, or null when there is none. */
    public @Nullable String joined(String name) {
        int first = indexOf(name);
        if (first < 0) {
            return null;
        }
        String one = value(first);
        StringBuilder all = null;
        for (int i = first + 1; i < size(); i++) {
            if (name(i).equals(name)) {
                if (all == null) {
                    all = new StringBuilder(one);
                }
                all.append(',').append(value(i));
            }
        }
        return all == null ? one : all.toString();
    }

    /** Overwrites the value of line {@code index}. */
    public void setValue(int index, String value) {
        slots[(index << 1) + 1] = value;
    }

    /** Inserts a line before line {@code index}. */
    public void insert(int index, String name, String value) {
        add(name, value);
        int at = index << 1;
        System.arraycopy(slots, at, slots, at + 2, used - 2 - at);
        slots[at] = name;
        slots[at + 1] = value;
    }

    /** Removes every line of that name; tells whether there was one. */
    public boolean remove(String name) {
        int first = indexOf(name);
        if (first < 0) {
            return false;
        }
        removeFrom(first, name);
        return true;
    }

    /** Removes line {@code index}. */
    public void removeAt(int index) {
        int at = index << 1;
        System.arraycopy(slots, at + 2, slots, at, used - at - 2);
        used -= 2;
        slots[used] = null;
        slots[used + 1] = null;
    }

    public void clear() {
        Arrays.fill(slots, 0, used, null);
        used = 0;
        seen = 0;
        wireForm = null;
    }

    /** How the message looked on the wire, where a codec was told to keep it; or null. */
    public @Nullable WireForm wireForm() {
        return wireForm;
    }

    public void wireForm(@Nullable WireForm form) {
        wireForm = form;
    }

    /** An independent copy. */
    public HeaderMap copy() {
        HeaderMap copy = new HeaderMap();
        copy.slots = Arrays.copyOf(slots, Math.max(INITIAL, used));
        copy.used = used;
        copy.seen = seen;
        copy.wireForm = wireForm;
        return copy;
    }

    private void removeFrom(int index, String name) {
        int to = index << 1;
        for (int from = to; from < used; from += 2) {
            if (!slots[from].equals(name)) {
                slots[to] = slots[from];
                slots[to + 1] = slots[from + 1];
                to += 2;
            }
        }
        Arrays.fill(slots, to, used, null);
        used = to;
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < size(); i++) {
            out.append(name(i)).append(": ").append(value(i)).append('\n');
        }
        return out.toString();
    }
}
