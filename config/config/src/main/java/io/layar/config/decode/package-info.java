/** Values to records: the record is the schema. */
@NullMarked
package io.layar.config.decode;

import org.jspecify.annotations.NullMarked;
