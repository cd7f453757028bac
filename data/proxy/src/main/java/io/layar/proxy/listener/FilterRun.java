package io.layar.proxy.listener;

import io.layar.proxy.network.GateFilter;
import io.layar.proxy.network.NetworkFilter;
import io.layar.proxy.network.NetworkFilterFactory;
import io.layar.proxy.network.TerminalFilter;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The network filters of one connection: gates in order, then the terminal one. Thread: event loop. */
final class FilterRun {
    private final AcceptedConnection connection;
    private final GateFilter[] gates;
    private final TerminalFilter terminal;
    private boolean terminalStarted;
    private boolean ended;
    /** The next gate that is to see the new connection, then those that are to see the waiting bytes. */
    private int next;

    private @Nullable ByteBuf waiting;
    private boolean waitingEnd;
    private boolean stopped;

    FilterRun(AcceptedConnection connection, List<NetworkFilterFactory> factories) {
        this.connection = connection;
        gates = new GateFilter[factories.size() - 1];
        NetworkFilter last = factories.getLast().create(connection);
        for (int i = 0; i < gates.length; i++) {
            gates[i] = (GateFilter) factories.get(i).create(connection);
        }
        terminal = (TerminalFilter) last;
    }

    void start() {
        while (next < gates.length) {
            if (gates[next++].onNewConnection() == GateFilter.Verdict.STOP) {
                stopped = true;
                return;
            }
            if (connection.isClosed()) {
                return;
            }
        }
        stopped = false;
        terminalStarted = true;
        terminal.onNewConnection();
    }

    /** After a gate's STOP. */
    void resume() {
        if (!stopped || connection.isClosed()) {
            return;
        }
        if (!terminalStarted) {
            start();
        }
        ByteBuf data = waiting;
        if (terminalStarted && data != null) {
            waiting = null;
            stopped = false;
            terminal.onData(data);
            terminal.onReadComplete();
        }
        if (terminalStarted && waitingEnd) {
            waitingEnd = false;
            terminal.onEndOfStream();
        }
    }

    void onData(ByteBuf data) {
        if (gates.length == 0) {
            terminal.onData(data);
            return;
        }
        for (GateFilter gate : gates) {
            if (ended || connection.isClosed()) {
                data.release();
                return;
            }
            if (!stopped && gate.onData(data, false) == GateFilter.Verdict.STOP) {
                stopped = true;
            }
        }
        if (stopped || !terminalStarted) {
            waiting = waiting == null
                    ? data
                    : connection
                            .channel()
                            .alloc()
                            .compositeBuffer()
                            .addComponent(true, waiting)
                            .addComponent(true, data);
            return;
        }
        if (ended || connection.isClosed()) {
            data.release();
            return;
        }
        terminal.onData(data);
    }

    void onReadComplete() {
        if (terminalStarted) {
            terminal.onReadComplete();
        }
    }

    void onEndOfStream() {
        if (stopped || !terminalStarted) {
            waitingEnd = true;
            return;
        }
        terminal.onEndOfStream();
    }

    void onWritabilityChanged(boolean writable) {
        if (terminalStarted) {
            terminal.onWritabilityChanged(writable);
        }
    }

    void onDrain() {
        if (terminalStarted) {
            terminal.onDrain();
        }
    }

    void onClosed() {
        if (ended) {
            return;
        }
        ended = true;
        if (waiting != null) {
            waiting.release();
            waiting = null;
        }
        for (int i = 0; i < next; i++) {
            gates[i].onClosed();
        }
        if (terminalStarted) {
            terminal.onClosed();
        }
    }
}
