package dev.slipgate.protocol.slipgate.frame;

import dev.slipgate.protocol.session.Attach;

/**
 * One ATTACH frame.
 *
 * @param part 0 to {@code parts} - 1
 * @param parts frames that the whole consists of, 1 to 255
 * @param content what this frame says: the same in every part but for its channels
 */
public record AttachPart(int part, int parts, Attach content) {}
