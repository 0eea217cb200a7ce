// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.model;

import java.util.List;

/**
 * How a head model is textured.
 *
 * @param corners u, v of each triangle corner, v upwards, float[6F]; the whole part of u is a tile, as UDIM numbers them
 */
public record HeadLayout(float[] corners) {
    /** Tiles that a layout may have. */
    public static final int TILES = 8;

    /** The tiles of a whole head's skin and mouth, by the names of its sheets; eyeballs lie in the first one, too. */
    private static final List<String> SHEETS = List.of("face", "head", "gums", "teeth");

    public HeadLayout {
        for (float c : corners) {
            if (!(c >= 0 && c <= TILES)) throw new IllegalArgumentException("a texture coordinate is " + c);
        }
    }

    /** The tile of a sheet of a {@link HeadTopology}. */
    static int tile(String sheet) {
        return Math.max(0, SHEETS.indexOf(sheet));
    }
}
