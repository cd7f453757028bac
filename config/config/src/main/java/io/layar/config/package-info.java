@NullMarked
package io.layar.config;

import org.jspecify.annotations.NullMarked;
