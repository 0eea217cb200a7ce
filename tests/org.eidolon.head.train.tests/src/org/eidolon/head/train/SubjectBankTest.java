// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.eidolon.encoders.IdentityEncoder;
import org.eidolon.encoders.SentenceEncoder;
import org.eidolon.head.prior.Domain;
import org.eidolon.head.view.Framing;
import org.eidolon.head.view.View;
import org.eidolon.models.Models;
import org.eidolon.render.Light;
import org.eidolon.testing.head.TinyHead;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;
import org.junit.jupiter.api.Test;

class SubjectBankTest {
    private static TrainOptions options(Domain domain) {
        return new TrainOptions(
                Path.of("none"),
                Path.of("none"),
                domain,
                1,
                0,
                12,
                4,
                2,
                1e-3,
                1,
                "cpu",
                true,
                0,
                null,
                null,
                4,
                false);
    }

    @Test
    void peopleAreRenewedInARingAndABatchFitsTogether() {
        try (Scope scope = Scope.open(Torch.device("cpu"));
                IdentityEncoder encoder = IdentityEncoder.open(Models.standard());
                SentenceEncoder sentences = SentenceEncoder.open(Models.standard())) {
            HeadTensors heads = new HeadTensors(scope, TinyHead.model());
            Pictures pictures = new Pictures(heads);
            Phrases phrases = new Phrases(scope, sentences, heads.model(), 4);
            try (SubjectBank bank = new SubjectBank(scope, options(Domain.COLOUR), pictures, phrases, encoder, 100)) {
                assertThat(bank.ready()).isZero();
                assertThat(bank.nextSeed()).isEqualTo(100);
                assertThat(bank.renew(true)).isTrue();
                assertThat(bank.ready()).isEqualTo(4);
                assertThat(bank.nextSeed())
                        .as("the chunk on its way was not trained on")
                        .isEqualTo(104);
                float[] before = batch(scope, bank);
                assertThat(batch(scope, bank)).as("the same draw").isEqualTo(before);
                assertThat(bank.renew(true)).isTrue();
                assertThat(bank.ready()).as("a ring").isEqualTo(4);
                assertThat(bank.nextSeed()).isEqualTo(108);
                assertThat(batch(scope, bank)).as("new people took the places").isNotEqualTo(before);
            }
        }
    }

    private static float[] batch(Scope scope, SubjectBank bank) {
        try (Scope s = scope.child()) {
            float[] all = s.full(1, 12).toFloatArray();
            Masks masks = new Masks(all, all, all, all, all, all, new float[12]);
            SubjectBank.Batch batch = bank.batch(s, new Random(5), masks);
            assertThat(batch.pictures().getShape().getShape()).containsExactly(12, 3, Pictures.SIZE, Pictures.SIZE);
            float[] values = batch.pictures().toFloatArray();
            float least = 1, most = -1;
            for (float v : values) {
                least = Math.min(least, v);
                most = Math.max(most, v);
            }
            assertThat(least).isEqualTo(-1f, within(0.02f));
            assertThat(most).isBetween(0f, 1.001f);
            return values;
        }
    }

    @Test
    void picturesOfADomainShowWhatItSays() {
        try (Scope scope = Scope.open(Torch.device("cpu"))) {
            Pictures pictures = new Pictures(new HeadTensors(scope, TinyHead.model()));
            Subject person = Subject.of(9, TinyHead.model());
            float[] still = new float[TinyHead.model().shapes().size()];
            List<Pictures.Take> front = List.of(new Pictures.Take(person, still, View.front(Framing.FACE), Light.FLAT));
            int centre = Pictures.SIZE / 2 * Pictures.SIZE + Pictures.SIZE / 2, plane = Pictures.SIZE * Pictures.SIZE;
            byte[] normal = pictures.take(scope, front, Domain.NORMALS).toByteArray();
            assertThat(normal[2 * plane + centre] & 255)
                    .as("the face looks at the camera")
                    .isGreaterThan(200);
            assertThat(normal[0]).as("black background").isZero();
            byte[] albedo = pictures.take(scope, front, Domain.COLOUR).toByteArray();
            int forehead = Pictures.SIZE / 5 * Pictures.SIZE + Pictures.SIZE / 2;
            for (int c = 0; c < 3; c++) {
                // tone under a little mottle and flush
                assertThat((albedo[c * plane + forehead] & 255) / 255f)
                        .isCloseTo(person.skin().tone()[c], within(0.12f));
            }
            NDArray portrait = pictures.portraits(scope, List.of(person));
            assertThat(portrait.getShape().getShape()).containsExactly(1, 112, 112, 3);
            for (float v : portrait.toFloatArray()) assertThat(v).isBetween(0f, 1f);
        }
    }
}
