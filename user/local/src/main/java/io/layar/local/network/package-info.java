@NullMarked
package io.layar.local.network;

import org.jspecify.annotations.NullMarked;
