package io.layar.proxy.server.admin;

import io.layar.proxy.network.Services;
import io.layar.proxy.server.ServerState;

/** {@code /ready} and the health check set by hand. Thread: main loop. */
record ServerStateView(Services services) {
    AdminResponse ready() {
        String state = services.require(ServerState.class).name();
        return AdminResponse.text(state.equals("LIVE") ? 200 : 503, state + "\n");
    }

    AdminResponse healthCheck(boolean fail) {
        services.require(ServerState.class).healthCheckFailed(fail);
        return AdminResponse.text("OK\n");
    }
}
