@NullMarked
package io.layar.discovery.cli;

import org.jspecify.annotations.NullMarked;
