// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.eidolon.head.texture.TextureSettings;

/**
 * What the likeness benchmark measures.
 *
 * @param task people, stages and places
 * @param identities held-out people that are made, 0 to the gallery's size
 * @param texture settings of the texture stage, or null to judge portraits by grey heads
 * @param ceiling whether heads are fitted to their true renders too
 * @param portraits folder of photos, or null
 * @param portraitCount how many of them are made into heads, 0 for all; all are looked among
 * @param shard which of the people and portraits are made
 * @param colour id or file of the colour prior
 * @param gallery true heads that the right one is looked for among
 */
record LikenessOptions(
        StageTask task,
        int identities,
        TextureSettings texture,
        boolean ceiling,
        Path portraits,
        int portraitCount,
        Shard shard,
        String colour,
        int gallery) {
    /** True heads that the right one is looked for among. */
    static final int GALLERY = 64;

    LikenessOptions {
        if (gallery < 2) throw new IllegalArgumentException("a gallery needs at least 2 heads, not " + gallery);
        if (identities < 0 || identities > gallery) {
            throw new IllegalArgumentException(
                    "--identities must be 0 to " + gallery + ", the size of the gallery; was " + identities);
        }
        if (identities == 0 && portraits == null) {
            throw new IllegalArgumentException("nothing to measure: give --identities, --portraits or both");
        }
        if (portraitCount < 0) throw new IllegalArgumentException("--portrait-count must not be negative");
    }

    /** Numbers of the people that the shard makes. */
    List<Integer> people() {
        return shard.part(IntStream.range(0, identities).boxed().toList());
    }
}
