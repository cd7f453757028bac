package io.layar.config.networking;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

/** Ports, hosts and certificates of the gateway proxies that the labels select. */
public record Gateway(ImmutableList<Server> servers, ImmutableMap<String, String> selector) {}
