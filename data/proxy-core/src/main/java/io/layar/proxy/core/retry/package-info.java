/** Whether, when and where a failed request is tried again. */
@NullMarked
package io.layar.proxy.core.retry;

import org.jspecify.annotations.NullMarked;
