/** Typed configuration: every key, where its value came from, and what is wrong with it. */
@NullMarked
package dev.slipgate.runtime.config;

import org.jspecify.annotations.NullMarked;
