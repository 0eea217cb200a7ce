// SPDX-License-Identifier: EPL-2.0
package org.eidolon.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.eidolon.diffusion.ClipConfig;
import org.eidolon.diffusion.ClipText;
import org.eidolon.diffusion.DiffusersConfig;
import org.eidolon.diffusion.SchedulerConfig;
import org.eidolon.diffusion.UNet;
import org.eidolon.diffusion.Vae;
import org.eidolon.diffusion.VaeConfig;

/** Configurations: the first byte says of what; those that are read are laid out. */
public final class FuzzConfigs {
    /** What a configuration asks for is bounded by sense, whatever its length. */
    private static final int LAYOUT = 64 << 20;

    private FuzzConfigs() {}

    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        if (data.length == 0) {
            return;
        }
        String text = new String(Arrays.copyOfRange(data, 1, data.length), StandardCharsets.UTF_8);
        int kind = data[0] & 3;
        try {
            if (kind < 3) {
                Allocation.bounded(data.length, Allocation.SMALL, () -> {
                    switch (kind) {
                        case 0 -> DiffusersConfig.read(text);
                        case 1 -> VaeConfig.read(text);
                        default -> ClipConfig.read(text);
                    }
                });
            }
            Allocation.bounded(data.length, LAYOUT, () -> {
                switch (kind) {
                    case 0 -> UNet.shapes(DiffusersConfig.read(text));
                    case 1 -> Vae.shapes(VaeConfig.read(text));
                    case 2 -> ClipText.shapes(ClipConfig.read(text));
                    default -> {
                        SchedulerConfig config = SchedulerConfig.read(text);
                        for (SchedulerConfig.Method method : SchedulerConfig.Method.values()) {
                            config.sampler(method, 7, 0.5);
                        }
                    }
                }
            });
        } catch (IllegalArgumentException e) {
            // as it should be
        }
    }
}
