// SPDX-License-Identifier: EPL-2.0
package org.eidolon.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.eidolon.diffusion.ClipConfig;
import org.eidolon.diffusion.ClipText;
import org.eidolon.diffusion.DiffusersConfig;
import org.eidolon.diffusion.SchedulerConfig;
import org.eidolon.diffusion.UNet;
import org.eidolon.diffusion.UNetConfig;
import org.eidolon.diffusion.Vae;
import org.eidolon.diffusion.VaeConfig;

/** Configurations: the first byte says of what; those that are read are laid out. */
public final class FuzzConfigs {
    /** What a configuration asks for is bounded by sense, whatever its length. */
    private static final int LAYOUT = 64 << 20;

    private FuzzConfigs() {}

    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length == 0) {
            return;
        }
        String text = new String(Arrays.copyOfRange(data, 1, data.length), StandardCharsets.UTF_8);
        Allocation allocation = Allocation.begin();
        try {
            switch (data[0] & 3) {
                case 0 -> {
                    UNetConfig config = DiffusersConfig.read(text);
                    allocation.check(data.length, Allocation.SMALL);
                    UNet.shapes(config);
                }
                case 1 -> {
                    VaeConfig config = VaeConfig.read(text);
                    allocation.check(data.length, Allocation.SMALL);
                    Vae.shapes(config);
                }
                case 2 -> {
                    ClipConfig config = ClipConfig.read(text);
                    allocation.check(data.length, Allocation.SMALL);
                    ClipText.shapes(config);
                }
                default -> {
                    SchedulerConfig config = SchedulerConfig.read(text);
                    for (SchedulerConfig.Method method : SchedulerConfig.Method.values()) {
                        config.sampler(method, 7, 0.5);
                    }
                }
            }
        } catch (IllegalArgumentException e) {
            // as it should be
        }
        allocation.check(data.length, LAYOUT);
    }
}
