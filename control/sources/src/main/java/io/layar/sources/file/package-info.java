/** Configuration from files: folders that are read, watched and turned into sets of resources and their changes. */
@NullMarked
package io.layar.sources.file;

import org.jspecify.annotations.NullMarked;
