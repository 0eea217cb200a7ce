// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.latent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.eidolon.head.prior.Domain;
import org.eidolon.head.view.Framing;
import org.eidolon.head.view.View;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;
import org.junit.jupiter.api.Test;

/** What a prior of words is told. */
class WordingTest {
    private static Wording.Side side(Framing framing, double degrees) {
        return Wording.Side.of(new View(framing, Math.toRadians(degrees), 0));
    }

    @Test
    void sidesGoByTheAzimuth() {
        assertThat(side(Framing.WHOLE, 10)).isEqualTo(Wording.Side.FRONT);
        assertThat(side(Framing.WHOLE, -80)).isEqualTo(Wording.Side.SIDE);
        assertThat(side(Framing.WHOLE, 170)).isEqualTo(Wording.Side.BACK);
        assertThat(side(Framing.WHOLE, 350)).isEqualTo(Wording.Side.FRONT);
        assertThat(side(Framing.FACE, 0)).isEqualTo(Wording.Side.CLOSE_FRONT);
        assertThat(side(Framing.FACE, 60)).isEqualTo(Wording.Side.CLOSE_SIDE);
    }

    @Test
    void expressionAndSideAreFilledIn() {
        assertThat(Wording.of(Domain.NORMALS).text("a wide grin", Wording.Side.BACK))
                .contains("normal map", "a wide grin", "back view")
                .doesNotContain("{");
        assertThatThrownBy(() -> new Wording("a {mood} head {", "")).hasMessageContainingAll("{mood}", "{expression}");
        assertThatThrownBy(() -> new Wording(" ", "")).hasMessageContaining("empty");
    }

    @Test
    void strengthLiesOnTheLineFromRest() {
        try (Scope scope = Scope.open(Torch.device("cpu"))) {
            List<String> asked = new ArrayList<>();
            LatentWords.TextEncoder encoder = (s, text) -> {
                asked.add(text);
                return s.full(text.contains(Said.REST) ? 1 : text.equals("no") ? 7 : 3, 1, 2, 4);
            };
            LatentWords words = LatentWords.of(
                    scope,
                    encoder,
                    new Wording("{expression}", "no"),
                    List.of(new Said("smile", 1), new Said("grin", 1.5)));
            assertThat(words.expressions()).isEqualTo(2);
            float[] states = words.states().toFloatArray();
            assertThat(states[0]).isEqualTo(3);
            assertThat(states[states.length - 1]).isCloseTo(4, within(1e-6f));
            assertThat(words.unwanted().toFloatArray()).containsOnly(7);
            assertThat(asked).contains("smile", "grin", Said.REST, "no");
        }
    }
}
