package io.layar.proxy.codec.http1;

import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.http.HeaderNames;
import io.layar.proxy.core.http.WireForm;
import org.jspecify.annotations.Nullable;

/**
 * Parses header lines, of a head or of trailers, and gathers what they say about the message's framing.
 *
 * <p>Hop-by-hop headers (connection, keep-alive, proxy-connection, transfer-encoding) do not get into the map; {@code connection}
 * and {@code upgrade} come back for real upgrades. Lines may end in LF alone; folded lines are joined.
 * Thread: event loop; an instance serves one connection.
 */
final class HeadParser {
    static final int INCOMPLETE = -1;
    static final int FAILED = -2;

    private static final String CODEC_ERROR = "http1.codec_error";
    private static final long NO_LENGTH = -1;

    private final Http1Options options;
    private final boolean requests;
    private HeaderMap headers = new HeaderMap();
    private long joinedSeen;
    private int count;

    /** Why parsing failed: response code details. */
    String failure = CODEC_ERROR;

    int failureStatus = 400;

    /** Value of content-length, or -1. */
    long contentLength = NO_LENGTH;

    private boolean badContentLength;
    boolean hasTransferEncoding;
    boolean chunked;
    boolean connectionClose;
    boolean connectionKeepAlive;
    boolean connectionUpgrade;

    @Nullable
    String connection;

    @Nullable
    String upgrade;

    @Nullable
    String host;

    /** {@code requests}: parses requests, not responses. */
    HeadParser(Http1Options options, boolean requests) {
        this.options = options;
        this.requests = requests;
    }

    /** Forgets the last message; lines go to {@code target}. */
    void begin(HeaderMap target) {
        headers = target;
        joinedSeen = 0;
        count = 0;
        failure = CODEC_ERROR;
        failureStatus = 400;
        contentLength = NO_LENGTH;
        badContentLength = false;
        hasTransferEncoding = false;
        chunked = false;
        connectionClose = false;
        connectionKeepAlive = false;
        connectionUpgrade = false;
        connection = null;
        upgrade = null;
        host = null;
    }

    /** Whether content-length was given and is no number, or was given twice. */
    boolean badContentLength() {
        return badContentLength;
    }

    /**
     * Parses lines of {@code a[from, to)} up to and with the empty line. Returns the index after it, {@link #INCOMPLETE} or
     * {@link #FAILED}. Names in {@code a} are lower case afterwards.
     */
    int parse(byte[] a, int from, int to, boolean trailers) {
        int at = from;
        while (true) {
            if (at >= to) {
                return INCOMPLETE;
            }
            byte first = a[at];
            if (first == '\n') {
                return at + 1;
            }
            if (first == '\r') {
                if (at + 1 >= to) {
                    return INCOMPLETE;
                }
                if (a[at + 1] == '\n') {
                    return at + 2;
                }
            }
            int next = parseLine(a, at, to, trailers);
            if (next < 0) {
                return next == INCOMPLETE ? INCOMPLETE : failOrWait(a, at, to);
            }
            at = next;
        }
    }

    /** Index after the line (with its folds) at {@code at}. */
    private int parseLine(byte[] a, int at, int to, boolean trailers) {
        byte[] names = Bytes.NAME;
        int hash = 0;
        int i = at;
        boolean keep = options.keyFormat().keepsWireForm();
        String spelling = null;
        while (true) {
            if (i >= to) {
                return INCOMPLETE;
            }
            byte lower = names[a[i] & 255];
            if (lower == 0) {
                break;
            }
            if (keep) {
                i++;
                continue;
            }
            a[i++] = lower;
            hash = hash * 31 + lower;
        }
        if (a[i] != ':' || i == at) {
            return FAILED;
        }
        if (keep) {
            spelling = Bytes.text(a, at, i);
            for (int k = at; k < i; k++) {
                a[k] = names[a[k] & 255];
                hash = hash * 31 + a[k];
            }
        }
        return parseValue(a, at, i, to, hash, spelling, trailers);
    }

    private int parseValue(
            byte[] a, int nameFrom, int colon, int to, int hash, @Nullable String spelling, boolean trailers) {
        int start = colon + 1;
        while (start < to && (a[start] == ' ' || a[start] == '\t')) {
            start++;
        }
        boolean[] valid = Bytes.VALUE;
        int end = start;
        while (end < to && valid[a[end] & 255]) {
            end++;
        }
        if (end >= to) {
            return INCOMPLETE;
        }
        int next = end + 1;
        if (a[end] == '\r') {
            if (next >= to) {
                return INCOMPLETE;
            }
            if (a[next] != '\n') {
                return parseBrokenValue(a, new int[] {nameFrom, colon, start, to, hash}, spelling, trailers);
            }
            next++;
        } else if (a[end] != '\n') {
            return FAILED;
        }
        if (next >= to) {
            return INCOMPLETE;
        }
        String value;
        if (a[next] == ' ' || a[next] == '\t') {
            StringBuilder folded = new StringBuilder().append(Bytes.text(a, start, end));
            next = unfold(a, next, to, folded);
            if (next < 0) {
                return next;
            }
            value = folded.toString().strip();
        } else {
            while (end > start && (a[end - 1] == ' ' || a[end - 1] == '\t')) {
                end--;
            }
            value = end == start ? "" : Bytes.text(a, start, end);
        }
        return accept(a, nameFrom, colon, hash, spelling, value, trailers) ? next : FAILED;
    }

    /** A value with carriage returns inside: they are dropped. {@code at}: name, colon, value, end of input, hash. */
    private int parseBrokenValue(byte[] a, int[] at, @Nullable String spelling, boolean trailers) {
        int end = at[2];
        StringBuilder value = new StringBuilder();
        while (end < at[3] && a[end] != '\n') {
            if (a[end] != '\r') {
                if (!Bytes.VALUE[a[end] & 255]) {
                    return FAILED;
                }
                value.append((char) (a[end] & 255));
            }
            end++;
        }
        if (end + 1 >= at[3]) {
            return INCOMPLETE;
        }
        int next = a[end + 1] == ' ' || a[end + 1] == '\t' ? unfold(a, end + 1, at[3], value) : end + 1;
        if (next < 0) {
            return next;
        }
        return accept(a, at[0], at[1], at[4], spelling, value.toString().strip(), trailers) ? next : FAILED;
    }

    /** Appends folded lines as they are, without their line ends. */
    private static int unfold(byte[] a, int from, int to, StringBuilder value) {
        int at = from;
        while (at < to && (a[at] == ' ' || a[at] == '\t')) {
            int end = at;
            while (end < to && a[end] != '\n') {
                if (!Bytes.VALUE[a[end] & 255] && a[end] != '\r') {
                    return FAILED;
                }
                end++;
            }
            if (end >= to) {
                return INCOMPLETE;
            }
            int last = end > at && a[end - 1] == '\r' ? end - 1 : end;
            value.append(Bytes.text(a, at, last));
            at = end + 1;
        }
        return at >= to ? INCOMPLETE : at;
    }

    private boolean accept(
            byte[] a, int from, int to, int hash, @Nullable String spelling, String value, boolean trailers) {
        NameTable.Entry entry = NameTable.find(a, from, to, hash);
        // Trailers that are dropped anyway may be many; their bytes are limited.
        boolean counts = !trailers || options.enableTrailers();
        if (counts && ++count > options.limits().maxCount()) {
            failure = trailers ? "http1.trailers_too_many" : "http1.too_many_headers";
            failureStatus = 431;
            // The rest of the head no longer matters, and must not be waited for.
            return false;
        }
        if (entry == null) {
            return acceptUnknown(a, from, to, hash, spelling, value);
        }
        if (spelling != null) {
            keep(entry.name(), spelling);
        }
        if (entry.framing() != NameTable.Framing.NONE && !trailers) {
            return acceptFraming(entry, value);
        }
        if (requests ? entry.joinedInRequests() : entry.joinedInResponses()) {
            long bit = 1L << entry.name().hashCode();
            if ((joinedSeen & bit) != 0) {
                int at = headers.indexOf(entry.name());
                if (at >= 0) {
                    headers.setValue(at, headers.value(at) + "," + value);
                    return true;
                }
            }
            joinedSeen |= bit;
        }
        headers.add(entry.name(), value);
        return true;
    }

    private boolean acceptUnknown(byte[] a, int from, int to, int hash, @Nullable String spelling, String value) {
        if (options.underscores() != Underscores.ALLOW) {
            for (int i = from; i < to; i++) {
                if (a[i] == '_') {
                    if (options.underscores() == Underscores.DROP_HEADER) {
                        return true;
                    }
                    failure = "http1.unexpected_underscore";
                    return false;
                }
            }
        }
        String name = Bytes.ofThread().name(a, from, to, hash);
        if (spelling != null) {
            keep(name, spelling);
        }
        headers.add(name, value);
        return true;
    }

    private void keep(String name, String spelling) {
        WireForm form = headers.wireForm();
        if (form == null) {
            form = new WireForm();
            headers.wireForm(form);
        }
        form.addName(name, spelling);
    }

    private boolean acceptFraming(NameTable.Entry entry, String value) {
        switch (entry.framing()) {
            case HOST -> host = host == null ? value : host + "," + value;
            case CONTENT_LENGTH -> acceptContentLength(value);
            case TRANSFER_ENCODING -> {
                chunked = !hasTransferEncoding && value.equalsIgnoreCase("chunked");
                hasTransferEncoding = true;
            }
            case CONNECTION -> {
                connection = connection == null ? value : connection + "," + value;
                readConnectionTokens(value);
            }
            case UPGRADE -> upgrade = upgrade == null ? value : upgrade + "," + value;
            case HOP, NONE -> {}
        }
        return true;
    }

    private void acceptContentLength(String value) {
        if (contentLength != NO_LENGTH || badContentLength) {
            badContentLength = true;
            return;
        }
        long length = 0;
        badContentLength = value.isEmpty() || value.length() > 18;
        for (int i = 0; i < value.length() && !badContentLength; i++) {
            int digit = value.charAt(i) - '0';
            badContentLength = digit < 0 || digit > 9;
            length = length * 10 + digit;
        }
        contentLength = badContentLength ? NO_LENGTH : length;
        headers.add(HeaderNames.CONTENT_LENGTH, value);
    }

    private void readConnectionTokens(String value) {
        int from = 0;
        while (from <= value.length()) {
            int comma = value.indexOf(',', from);
            int to = comma < 0 ? value.length() : comma;
            String token = value.substring(from, to).strip();
            if (token.equalsIgnoreCase("close")) {
                connectionClose = true;
            } else if (token.equalsIgnoreCase("keep-alive")) {
                connectionKeepAlive = true;
            } else if (token.equalsIgnoreCase("upgrade")) {
                connectionUpgrade = true;
            }
            from = to + 1;
        }
    }

    /** Whether {@code name} is one of the tokens of the connection header. */
    boolean connectionNames(String name) {
        String names = connection;
        if (names == null || names.length() < name.length()) {
            return false;
        }
        for (String token : names.split(",", -1)) {
            if (token.strip().equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }

    /** A bad line counts when the whole head is there; then octets that no head may have are the first thing to blame. */
    private int failOrWait(byte[] a, int at, int to) {
        if (failureStatus != 400) {
            return FAILED;
        }
        int lineLength = 0;
        boolean badOctet = false;
        for (int i = at; i < to; i++) {
            byte c = a[i];
            if (c == '\n') {
                if (lineLength == 0 || lineLength == 1 && a[i - 1] == '\r') {
                    failure = badOctet ? "http1.invalid_characters" : failure;
                    return FAILED;
                }
                lineLength = 0;
                continue;
            }
            lineLength++;
            badOctet |= !Bytes.VALUE[c & 255] && c != '\r';
        }
        return INCOMPLETE;
    }
}
