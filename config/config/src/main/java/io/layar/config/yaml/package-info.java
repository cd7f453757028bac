/** YAML and JSON text to values with positions. */
@NullMarked
package io.layar.config.yaml;

import org.jspecify.annotations.NullMarked;
