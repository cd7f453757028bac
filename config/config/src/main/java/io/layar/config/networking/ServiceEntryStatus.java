package io.layar.config.networking;

import com.google.common.collect.ImmutableList;
import io.layar.config.meta.AnalysisMessageBase;
import io.layar.config.meta.IstioCondition;

/** The status of a ServiceEntry, with the addresses that were allocated for its hosts. */
public record ServiceEntryStatus(
        ImmutableList<IstioCondition> conditions,
        ImmutableList<AnalysisMessageBase> validationMessages,
        long observedGeneration,
        ImmutableList<ServiceEntryAddress> addresses) {}
