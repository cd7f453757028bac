package io.layar.xdsgen.listener;

import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.listener.v3.Listener.ConnectionBalanceConfig;
import io.envoyproxy.envoy.config.listener.v3.Listener.ConnectionBalanceConfig.ExactBalance;
import io.layar.mesh.Features;

/** Small settings that several listeners share. */
public final class ListenerParts {
    private ListenerParts() {}

    /** How many connections are taken at once: one, so that workers share them evenly. 0 leaves it to Envoy. */
    public static void acceptSlowly(Features features, Listener.Builder listener) {
        String text = features.text("MAX_CONNECTIONS_PER_SOCKET_EVENT_LOOP", "1");
        int limit = text.chars().allMatch(Character::isDigit) && !text.isEmpty() ? Integer.parseInt(text) : 1;
        if (limit > 0) {
            listener.setMaxConnectionsToAcceptPerSocketEvent(UInt32Value.of(limit));
        }
    }

    /** Connections are handed to workers so that each has as many. */
    public static void balanceExactly(Listener.Builder listener) {
        listener.setConnectionBalanceConfig(
                ConnectionBalanceConfig.newBuilder().setExactBalance(ExactBalance.getDefaultInstance()));
    }
}
