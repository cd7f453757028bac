/** The four services of the book shop that Istio's documentation made known, written anew and small. */
@NullMarked
package io.layar.samples.bookinfo;

import org.jspecify.annotations.NullMarked;
