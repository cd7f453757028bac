@NullMarked
package io.layar.proxy.core.reply;

import org.jspecify.annotations.NullMarked;
