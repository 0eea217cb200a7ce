// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;

/** Whether what a UNet is given fits its configuration. */
final class UNetInputs {
    private UNetInputs() {}

    /** @throws IllegalArgumentException naming the input that does not fit */
    static void check(UNetConfig config, NDArray x, NDArray t, Conditioning c) {
        long b = x.getShape().get(0);
        shape("x", x, b, config.inChannels(), -1, -1);
        if (x.getShape().get(2) % config.patch() != 0 || x.getShape().get(3) % config.patch() != 0) {
            throw new IllegalArgumentException("UNet input: height and width of " + x.getShape()
                    + " must be divisible by patch " + config.patch());
        }
        shape("t", t, b);
        if (c.text() == null) {
            throw new IllegalArgumentException("UNet input: text is missing (drop it with keepText instead)");
        }
        if (config.textWidth() > 0) {
            shape("text", c.text(), b, config.textWidth());
        } else {
            shape("text", c.text(), b, -1, config.contextWidth());
        }
        shape("identity", c.identity(), b, config.identityWidth());
        shape("features", c.features(), b, -1, config.featurePositions(), config.featureWidth());
        shape("view", c.view(), b, config.viewWidth());
        shape("identityCode", c.identityCode(), b, config.identityCode());
        shape("textCode", c.textCode(), b, config.textCode());
        shape("keepText", c.keepText(), b);
        shape("keepIdentity", c.keepIdentity(), b);
        if (c.photos() != null) {
            if (c.features() == null) {
                throw new IllegalArgumentException("UNet input: photos masks features, which are missing");
            }
            shape("photos", c.photos(), b, c.features().getShape().get(1));
        }
    }

    private static void shape(String name, NDArray a, long... wanted) {
        if (a == null) {
            return;
        }
        long[] is = a.getShape().getShape();
        boolean ok = is.length == wanted.length;
        for (int i = 0; ok && i < is.length; i++) {
            ok = wanted[i] == -1 || wanted[i] == is[i];
        }
        if (!ok) {
            throw new IllegalArgumentException("UNet input: " + name + " has shape " + Arrays.toString(is)
                    + ", expected " + Arrays.toString(wanted).replace("-1", "any"));
        }
    }
}
