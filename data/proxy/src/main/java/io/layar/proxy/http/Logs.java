package io.layar.proxy.http;

import io.layar.proxy.core.accesslog.FormatFacts;
import io.layar.proxy.network.Services;

/** What formats know of the process. Thread: main loop. */
final class Logs {
    private Logs() {}

    static FormatFacts facts(Services services) {
        FormatFacts facts = services.find(FormatFacts.class);
        return facts == null ? FormatFacts.NONE : facts;
    }
}
