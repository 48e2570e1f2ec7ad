/** The echo app: what a node runs when no app is named. */
@NullMarked
package dev.slipgate.sdk.echo;

import org.jspecify.annotations.NullMarked;
