// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.bench;

import ai.djl.Device;
import org.eidolon.head.geometry.GeometrySettings;
import org.eidolon.torch.Torch;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where and how well a benchmark computes. */
class ComputeOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--quality",
            defaultValue = "auto",
            paramLabel = "Q",
            description = "auto, draft, standard or high; auto is draft on a CPU and standard on a GPU")
    private String quality;

    @Option(names = "--device", defaultValue = "auto", paramLabel = "D", description = "auto, cpu or cuda:N")
    private String device;

    @Option(
            names = "--normals",
            defaultValue = "prior/head-normals",
            paramLabel = "ID|FILE",
            description = "prior of normals (default prior/head-normals)")
    private String normals;

    String normals() {
        return normals;
    }

    Device device() {
        try {
            return Torch.device(device);
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw wrong(e.getMessage());
        }
    }

    /** The quality, settled for a device. */
    String quality(Device on) {
        return quality.equals("auto") ? on.isGpu() ? "standard" : "draft" : quality;
    }

    /** Settings of the geometry stage; a wrong quality is told as such. */
    GeometrySettings geometry(String settled, Device on, long seed) {
        try {
            return GeometrySettings.of(settled, on.isGpu(), seed);
        } catch (IllegalArgumentException e) {
            throw wrong(e.getMessage());
        }
    }

    ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
