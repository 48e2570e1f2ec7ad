/** The scenario {@code flood}: what clients notice of first flights with forged addresses. */
@NullMarked
package dev.slipgate.benchmarks.flood;

import org.jspecify.annotations.NullMarked;
