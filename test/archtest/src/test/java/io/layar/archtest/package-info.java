/** Tests that keep the house: what may depend on what, how long files get, how they are formatted, what documents name. */
@NullMarked
package io.layar.archtest;

import org.jspecify.annotations.NullMarked;
