package io.layar.config.decode;

import io.layar.base.SourcePosition;
import io.layar.config.yaml.Value;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** A path to a field, such as {@code spec.http[0].route[1].weight}; it becomes text only when somebody asks. */
public final class FieldPath {
    /** The path of the whole object. */
    public static final FieldPath ROOT = new FieldPath(null, "", -1);

    private final @Nullable FieldPath parent;
    private final String name;
    private final int index;

    private FieldPath(@Nullable FieldPath parent, String name, int index) {
        this.parent = parent;
        this.name = name;
        this.index = index;
    }

    public FieldPath field(String field) {
        return new FieldPath(this, field, -1);
    }

    public FieldPath index(int position) {
        return new FieldPath(this, "", position);
    }

    /** An entry of a map; keys that are no plain words are written in brackets. */
    public FieldPath key(String key) {
        boolean plain =
                !key.isEmpty() && key.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '_' || c == '-');
        return field(plain ? key : "[" + key + "]");
    }

    /** The position of the field in an object, or of the nearest field around it that is there. */
    public SourcePosition locate(Value.Obj root) {
        Value value = root;
        var at = root.at();
        for (var segment : segments()) {
            if (value instanceof Value.Obj object && object.get(segment.key()) != null) {
                at = object.keyAt(segment.key());
                value = object.fields().getOrDefault(segment.key(), value);
            } else if (value instanceof Value.Arr list
                    && segment.index >= 0
                    && segment.index < list.items().size()) {
                value = list.items().get(segment.index);
                at = value.at();
            } else if (segment.parent != null) {
                break;
            }
        }
        return at;
    }

    private String key() {
        return name.startsWith("[") ? name.substring(1, name.length() - 1) : name;
    }

    private ArrayDeque<FieldPath> segments() {
        var segments = new ArrayDeque<FieldPath>();
        for (var path = this; path != null; path = path.parent) {
            segments.push(path);
        }
        return segments;
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        for (var path : segments()) {
            if (path.index >= 0) {
                text.append('[').append(path.index).append(']');
            } else if (!path.name.isEmpty()) {
                text.append(text.isEmpty() || path.name.startsWith("[") ? "" : ".")
                        .append(path.name);
            }
        }
        return text.toString();
    }
}
