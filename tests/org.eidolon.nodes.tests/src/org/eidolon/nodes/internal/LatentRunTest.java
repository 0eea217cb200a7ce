// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.eidolon.api.NodeException;
import org.eidolon.head.latent.LatentMemory;
import org.junit.jupiter.api.Test;

/** How many pictures a GPU is asked about at once. */
class LatentRunTest {
    private static final long GIB = 1L << 30;
    private static final LatentMemory MEMORY = new LatentMemory(2 * GIB, 4 * GIB, 3 * GIB, GIB);

    @Test
    void asManyAsFit() {
        assertThat(LatentRun.together(MEMORY, 4, 512, 100 * GIB, "cuda:0")).isEqualTo(4);
        assertThat(LatentRun.together(MEMORY, 4, 512, 14 * GIB, "cuda:0")).isEqualTo(2);
        assertThat(LatentRun.together(MEMORY, 4, 512, 0, "cuda:0"))
                .as("unknown")
                .isEqualTo(4);
    }

    @Test
    void tooLittleIsToldWithTheNumbersAndWhatToDo() {
        assertThatThrownBy(() -> LatentRun.together(MEMORY, 4, 512, 8 * GIB, "cuda:1"))
                .isInstanceOf(NodeException.class)
                .hasMessage("cuda:1 has 8.0 GiB of memory free, a step of 4 pictures of 512² needs 11.0 GiB")
                .satisfies(e -> assertThat(((NodeException) e).advice())
                        .contains("fewer views", "pictures smaller", "BFLOAT16", "--device cpu"));
    }
}
