@NullMarked
package io.layar.discovery.push;

import org.jspecify.annotations.NullMarked;
