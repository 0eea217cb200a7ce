// SPDX-License-Identifier: EPL-2.0
package org.eidolon.render;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import org.eidolon.torch.Scope;

/**
 * Finds the triangle that each pixel sees. All implementations give the same answer to the pixel: they work on integer
 * coordinates of 1/256 pixel with a top-left fill rule, compare depths of 30 bits, and let the lower number win a tie.
 * A triangle with a vertex before the near plane, beyond the far plane or more than 32,768 pixels away is left out.
 */
public interface Visibility {

    /**
     * @param scope owns the result
     * @param snapped (P, 3) int32: the views' vertices, x and y in 1/256 pixel from the top left, depth of 24 bits
     * @param views which triangles they make up
     * @param width pixels
     * @param height pixels
     * @param cull leaves out triangles that run clockwise as seen
     * @return (B, height, width) int64: 0 = nothing, else the triangle's number within its mesh plus 1
     */
    NDArray triangles(Scope scope, NDArray snapped, Views views, int width, int height, boolean cull);

    /** The faster one for a device. */
    static Visibility forDevice(Device device) {
        return device.isGpu() ? new TorchVisibility() : new JavaVisibility();
    }
}
