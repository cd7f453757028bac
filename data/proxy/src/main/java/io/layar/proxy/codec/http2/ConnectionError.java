package io.layar.proxy.codec.http2;

/** A peer broke the protocol so that the connection cannot go on: GOAWAY with this code, then the end. */
record ConnectionError(ErrorCode code, String details) {}
