package io.layar.proxy.codec;

/** The request side of an upstream stream. */
public interface RequestSender extends MessageSender {}
