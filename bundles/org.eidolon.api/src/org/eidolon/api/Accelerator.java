// SPDX-License-Identifier: EPL-2.0
package org.eidolon.api;

import java.util.List;

/** OSGi service of a bundle that computes on GPUs: tells the engine which there are and frees memory when asked. */
public interface Accelerator {
    /** The GPUs that can be used now; empty when there are none. Must not start a heavy engine to say so. */
    List<Device> devices();

    /** Memory of a device, in bytes. */
    long memory(Device device);

    /** Drops everything kept for speed only (cached models, allocator pools). Called when no node runs on it. */
    void evict(Device device);
}
