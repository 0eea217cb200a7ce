// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import java.nio.file.Path;
import java.util.List;
import org.eidolon.api.Device;
import org.eidolon.api.Quality;

/**
 * How to run a plan.
 *
 * @param devices where to compute: GPUs of one kind, or the CPU alone
 * @param seed start of all random numbers
 * @param quality null for auto: draft on the CPU, standard on a GPU
 * @param out folder that receives artifacts; null delivers none
 * @param resume go on from checkpoints that a killed run left; else they are dropped
 * @param fresh run everything, whatever the cache holds
 * @param threads nodes that run at once beside the devices' lanes
 */
public record RunOptions(
        List<Device> devices, long seed, Quality quality, Path out, boolean resume, boolean fresh, int threads) {

    public RunOptions {
        devices = List.copyOf(devices);
        if (devices.stream().map(Device::kind).distinct().count() != 1) {
            throw new IllegalArgumentException("a run needs devices of one kind, not " + devices);
        }
    }

    /** On the CPU, seed 0, automatic quality, no out folder. */
    public static RunOptions defaults() {
        int threads = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 8);
        return new RunOptions(List.of(Device.CPU), 0, null, null, false, false, threads);
    }

    public RunOptions withDevices(List<Device> list) {
        return new RunOptions(list, seed, quality, out, resume, fresh, threads);
    }

    public RunOptions withSeed(long value) {
        return new RunOptions(devices, value, quality, out, resume, fresh, threads);
    }

    public RunOptions withQuality(Quality value) {
        return new RunOptions(devices, seed, value, out, resume, fresh, threads);
    }

    public RunOptions withOut(Path folder) {
        return new RunOptions(devices, seed, quality, folder, resume, fresh, threads);
    }

    public RunOptions withResume(boolean value) {
        return new RunOptions(devices, seed, quality, out, value, fresh, threads);
    }

    public RunOptions withFresh(boolean value) {
        return new RunOptions(devices, seed, quality, out, resume, value, threads);
    }

    public RunOptions withThreads(int value) {
        return new RunOptions(devices, seed, quality, out, resume, fresh, value);
    }

    /** The quality asked for, or what auto settles on. */
    public Quality settledQuality() {
        return quality != null ? quality : devices.get(0).isGpu() ? Quality.STANDARD : Quality.DRAFT;
    }
}
