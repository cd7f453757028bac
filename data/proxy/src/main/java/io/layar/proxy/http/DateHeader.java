package io.layar.proxy.http;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The date header's value, made anew once a second. Thread: event loop of its worker. */
final class DateHeader {
    private static final DateTimeFormatter IMF = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private long second = -1;
    private String text = "";

    String now() {
        long current = System.currentTimeMillis() / 1000;
        if (current != second) {
            second = current;
            text = IMF.format(Instant.ofEpochSecond(current));
        }
        return text;
    }
}
