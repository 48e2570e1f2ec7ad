/** Who is in the cluster: the directory of processes, its interface and its in-memory form. */
@NullMarked
package dev.slipgate.fabric.directory;

import org.jspecify.annotations.NullMarked;
