// SPDX-License-Identifier: EPL-2.0
package org.eidolon.api;

/** The device has too little memory. The engine evicts, runs the node once more, and then gives up with advice. */
public class OutOfGpuMemory extends NodeException {
    private static final long serialVersionUID = 1;

    public OutOfGpuMemory(String message, Throwable cause) {
        super(
                message,
                "close other programs that use the GPU, choose a lower quality, or run with --device cpu",
                cause);
    }
}
