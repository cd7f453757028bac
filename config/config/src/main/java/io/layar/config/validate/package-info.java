/** What Istio refuses or questions in a resource that could be read: one file a kind, on rules that several share. */
@NullMarked
package io.layar.config.validate;

import org.jspecify.annotations.NullMarked;
