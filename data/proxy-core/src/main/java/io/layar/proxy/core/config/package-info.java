/** From protobuf, JSON and YAML to compiled configuration: refusals with a field path, durations, Any, validation. */
@NullMarked
package io.layar.proxy.core.config;

import org.jspecify.annotations.NullMarked;
