// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eidolon.api.Accelerator;
import org.eidolon.api.Device;

/**
 * A device's turnstile: nodes lease its memory before they run. A node that gives no estimate, or one that is larger
 * than the device, gets the device alone. First come, first served, so that a large node is not starved by small ones.
 */
final class Lane {
    private final Device device;
    private long memory; // bytes; 0 until it is asked for, which may load much
    private final List<Accelerator> accelerators;
    private long leased;
    private long arriving;
    private long serving;
    private final Set<Long> left = new HashSet<>();

    Lane(Device device, List<Accelerator> accelerators) {
        this.device = device;
        this.accelerators = accelerators;
    }

    private long memory() {
        if (memory == 0) {
            memory = Math.max(
                    1,
                    accelerators.stream()
                            .filter(accelerator ->
                                    device.isGpu() && accelerator.devices().contains(device))
                            .mapToLong(accelerator -> accelerator.memory(device))
                            .findFirst()
                            .orElse(1));
        }
        return memory;
    }

    Device device() {
        return device;
    }

    /** Waits for memory; {@code bytes} 0 for all of it. */
    synchronized Lease lease(long bytes) throws InterruptedException {
        long all = memory();
        long wanted = bytes <= 0 ? all : Math.min(bytes, all);
        long turn = arriving++;
        try {
            while (turn != serving || leased + wanted > all) {
                wait();
            }
            leased += wanted;
            return new Lease(wanted);
        } finally {
            left.add(turn);
            while (left.remove(serving)) {
                serving++;
            }
            notifyAll();
        }
    }

    /** Frees what is kept on the device for speed; the caller holds all of it. */
    void evict() {
        accelerators.stream()
                .filter(accelerator -> accelerator.devices().contains(device))
                .forEach(accelerator -> accelerator.evict(device));
    }

    /** Bytes waited for and held: how busy the lane is. */
    synchronized long load() {
        return leased + (arriving - serving);
    }

    /** Memory in use by one node until closed. */
    final class Lease implements AutoCloseable {
        private final long bytes;

        private Lease(long bytes) {
            this.bytes = bytes;
        }

        @Override
        public void close() {
            synchronized (Lane.this) {
                leased -= bytes;
                Lane.this.notifyAll();
            }
        }
    }
}
