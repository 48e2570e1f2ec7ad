/** The broker process: it keeps the cluster's data and says who is in it. */
@NullMarked
package dev.slipgate.broker;

import org.jspecify.annotations.NullMarked;
