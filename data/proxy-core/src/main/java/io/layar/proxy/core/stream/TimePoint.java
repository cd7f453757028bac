package io.layar.proxy.core.stream;

/** Moments of a request that logs measure between. The names are those of {@code %COMMON_DURATION%}. */
public enum TimePoint {
    DS_RX_BEG,
    DS_RX_END,
    US_CX_BEG,
    US_CX_END,
    US_HS_END,
    US_TX_BEG,
    US_TX_END,
    US_RX_BEG,
    US_RX_BODY_BEG,
    US_RX_END,
    DS_TX_BEG,
    DS_TX_END,
    DS_TX_ACK
}
