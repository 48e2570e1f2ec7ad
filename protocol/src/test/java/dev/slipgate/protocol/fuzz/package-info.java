/** What fuzz targets share, and the corpora as ordinary tests. */
@NullMarked
package dev.slipgate.protocol.fuzz;

import org.jspecify.annotations.NullMarked;
