package io.layar.config.meta;

import com.google.common.collect.ImmutableList;

/** The status that the control plane writes on an Istio resource. */
public record IstioStatus(
        ImmutableList<IstioCondition> conditions,
        ImmutableList<AnalysisMessageBase> validationMessages,
        long observedGeneration) {}
