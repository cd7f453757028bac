package io.layar.proxy.server.admin;

import io.layar.proxy.network.Services;
import io.layar.proxy.server.ServerState;

/** The paths of the admin interface. Thread: main loop. */
final class AdminPages {
    private final Services services;
    private final Runnable quit;

    AdminPages(Services services, Runnable quit) {
        this.services = services;
        this.quit = quit;
    }

    AdminResponse serve(AdminRequest request) {
        return switch (request.path()) {
            case "/ready" -> ready();
            case "/quitquitquit" -> {
                quit.run();
                yield AdminResponse.text("OK\n");
            }
            default -> AdminResponse.text(404, "invalid path. admin commands are:\n");
        };
    }

    private AdminResponse ready() {
        String state = services.require(ServerState.class).name();
        return AdminResponse.text(state.equals("LIVE") ? 200 : 503, state + "\n");
    }
}
