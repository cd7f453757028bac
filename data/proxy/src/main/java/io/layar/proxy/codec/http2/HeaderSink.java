package io.layar.proxy.codec.http2;

/** Takes the header lines that come out of a block, one after the other. */
interface HeaderSink {
    void line(String name, String value);
}
