/**
 * What a game programmer writes against: {@link dev.slipgate.sdk.App} with its hooks, {@link
 * dev.slipgate.sdk.Connection}, {@link dev.slipgate.sdk.Message} and {@link dev.slipgate.sdk.Node},
 * and {@link dev.slipgate.sdk.SlipgateNode} to run it. What a send came to is told by {@link
 * dev.slipgate.fabric.node.SendOutcome} and {@link dev.slipgate.fabric.node.Receipt}.
 */
@NullMarked
package dev.slipgate.sdk;

import org.jspecify.annotations.NullMarked;
