package io.layar.proxy.core.accesslog;

import io.layar.proxy.core.config.ConfigRejected;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compiles one command operator by its name. Source: Envoy's documentation of access log command operators. */
final class Commands {
    private final FormatFacts facts;

    Commands(FormatFacts facts) {
        this.facts = facts;
    }

    /** {@code length} is -1 where none is given. */
    Operator compile(String name, String argument, int length) {
        Operator operator = name.equals("COALESCE") ? coalesce(argument) : find(name, argument);
        if (operator == null) {
            throw new ConfigRejected("", "Not supported field in StreamInfo: " + name);
        }
        return length < 0 ? operator : new Operator.Truncated(operator, length);
    }

    private @Nullable Operator find(String name, String argument) {
        Operator operator = MessageCommands.find(name, argument);
        if (operator == null) {
            operator = StreamCommands.find(name, argument, facts);
        }
        if (operator == null) {
            operator = AddressCommands.find(name, argument);
        }
        if (operator == null) {
            operator = TlsCommands.find(name, argument);
        }
        if (operator == null) {
            operator = TimeCommands.find(name, argument);
        }
        return operator == null ? MetadataCommands.find(name, argument) : operator;
    }

    /**
     * {@code %COALESCE({"operators": ["REQUESTED_SERVER_NAME", {"command": "REQ", "param": ":authority", "max_length": 9}]})%}.
     */
    private Operator coalesce(String json) {
        if (!(JsonReader.read(json) instanceof Map<?, ?> map)
                || !(map.get("operators") instanceof List<?> operators)
                || operators.isEmpty()) {
            throw new ConfigRejected("", "COALESCE: operators: a list is required: " + json);
        }
        List<Operator> choices = new ArrayList<>();
        for (Object one : operators) {
            choices.add(
                    switch (one) {
                        case String command -> compile(command, "", -1);
                        case Map<?, ?> choice
                        when choice.get("command") instanceof String command ->
                            compile(
                                    command,
                                    choice.get("param") instanceof String param ? param : "",
                                    choice.get("max_length") instanceof Double length ? length.intValue() : -1);
                        default -> throw new ConfigRejected("", "COALESCE: operator needs a command: " + json);
                    });
        }
        return new Operator.Coalesced(List.copyOf(choices));
    }
}
