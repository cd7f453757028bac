package io.layar.mesh.service;

/** A port of a service. Shape: {@code targetPort} is 0 when it is the endpoint's own (named, or chosen per endpoint). */
public record ServicePort(String name, int port, Protocol protocol) {}
