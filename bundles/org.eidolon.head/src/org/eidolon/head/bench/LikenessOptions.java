// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.eidolon.head.geometry.GeometrySettings;
import org.eidolon.head.texture.TextureSettings;

/**
 * What the likeness benchmark measures.
 *
 * @param heads ICT-FaceKit folder or pack
 * @param identities held-out people that are made, 0 to the gallery's size
 * @param seed draws them, and is the seed of the stages
 * @param quality draft, standard or high
 * @param geometry settings of the geometry stage and of the direct fit
 * @param texture settings of the texture stage, or null to judge portraits by grey heads
 * @param ceiling whether heads are fitted to their true renders too
 * @param portraits folder of photos, or null
 * @param portraitCount how many of them are made into heads, 0 for all; all are looked among
 * @param shard which of the people and portraits are made
 * @param out where results, pictures and checkpoints are kept
 * @param resume take up what {@code out} holds of the same measurement
 * @param normals id or file of the normals prior
 * @param colour id or file of the colour prior
 * @param gallery true heads that the right one is looked for among
 * @param size width and height of the compared pictures
 */
record LikenessOptions(
        Path heads,
        int identities,
        long seed,
        String quality,
        GeometrySettings geometry,
        TextureSettings texture,
        boolean ceiling,
        Path portraits,
        int portraitCount,
        Shard shard,
        Path out,
        boolean resume,
        String normals,
        String colour,
        int gallery,
        int size) {
    /** True heads that the right one is looked for among. */
    static final int GALLERY = 64;

    /** Width and height of the compared pictures. */
    static final int SIZE = 128;

    LikenessOptions {
        if (gallery < 2) throw new IllegalArgumentException("a gallery needs at least 2 heads, not " + gallery);
        if (identities < 0 || identities > gallery) {
            throw new IllegalArgumentException(
                    "--identities must be 0 to " + gallery + ", the size of the gallery; was " + identities);
        }
        if (identities == 0 && portraits == null) {
            throw new IllegalArgumentException("nothing to measure: give --identities, --portraits or both");
        }
        if (seed < 0 || seed > 1L << 32) throw new IllegalArgumentException("--seed must be 0 to 2^32, was " + seed);
        if (portraitCount < 0) throw new IllegalArgumentException("--portrait-count must not be negative");
    }

    /** Numbers of the people that the shard makes. */
    List<Integer> people() {
        return shard.part(IntStream.range(0, identities).boxed().toList());
    }
}
