// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.eidolon.encoders.Identity;
import org.eidolon.encoders.IdentityEncoder;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureSpaceTest {
    private static final int WIDTH = IdentityEncoder.TOKENS * IdentityEncoder.TOKEN;

    @TempDir
    Path folder;

    /** Maps that vary along three waves, with a little noise, about a constant. */
    private static float[] maps(long seed, int count) {
        Random random = new Random(seed);
        float[] all = new float[count * WIDTH];
        for (int n = 0; n < count; n++) {
            double[] a = {3 * random.nextGaussian(), 2 * random.nextGaussian(), 2 * random.nextGaussian()};
            for (int i = 0; i < WIDTH; i++) {
                double v = 1 + 0.1 * random.nextGaussian();
                for (int k = 0; k < 3; k++) v += a[k] * Math.sin((k + 1) * 0.01 * i);
                all[n * WIDTH + i] = (float) v;
            }
        }
        return all;
    }

    private static FeatureSpace space(Scope scope) {
        return FeatureSpace.of(scope, "abc", maps(1, 40), maps(2, 30), 3);
    }

    private static Identity person(String encoder, float[] features) {
        return new Identity("encoder", encoder, features.length / WIDTH, new float[] {1}, features);
    }

    @Test
    void familiarMapsStayAsTheyAre() {
        try (Scope scope = Scope.open(Torch.device("cpu"))) {
            FeatureSpace space = space(scope);
            float[] familiar = null;
            for (int seed = 3; familiar == null; seed++) {
                float[] map = maps(seed, 1);
                if (space.strangeness(map) < 1) familiar = map;
            }
            float[] settled = space.settle(person("abc", familiar)).features();
            assertThat(settled).containsExactly(familiar, within(1e-4f));
        }
    }

    @Test
    void whatIsStrangeIsLeftOut() {
        try (Scope scope = Scope.open(Torch.device("cpu"))) {
            FeatureSpace space = space(scope);
            float[] familiar = maps(3, 1), strange = familiar.clone();
            for (int i = 0; i < WIDTH; i++) strange[i] += (float) (4 * Math.cos(1.7 * i));
            assertThat(space.strangeness(strange)).isGreaterThan(2);
            Identity settled = space.settle(person("abc", strange));
            assertThat(space.strangeness(settled.features())).isLessThan(1);
            double off = 0, was = 0;
            for (int i = 0; i < WIDTH; i++) {
                off += Math.pow(settled.features()[i] - familiar[i], 2);
                was += Math.pow(strange[i] - familiar[i], 2);
            }
            assertThat(off).isLessThan(0.1 * was);
            assertThat(settled.embedding()).containsExactly(1);
        }
    }

    @Test
    void anotherEncodersMapsAreLeftAlone() {
        try (Scope scope = Scope.open(Torch.device("cpu"))) {
            Identity other = person("other", maps(4, 1));
            assertThat(space(scope).settle(other)).isSameAs(other);
        }
    }

    @Test
    void writtenAndRead() throws IOException {
        try (Scope scope = Scope.open(Torch.device("cpu"))) {
            FeatureSpace space = space(scope);
            Path file = folder.resolve("space.bin");
            space.write(file);
            FeatureSpace read;
            try (var in = Files.newInputStream(file)) {
                read = FeatureSpace.read(in, "space.bin");
            }
            float[] map = maps(5, 1);
            for (int i = 0; i < WIDTH; i++) map[i] += (float) (3 * Math.cos(1.1 * i));
            assertThat(read.strangeness(map)).isCloseTo(space.strangeness(map), within(0.05));
        }
    }

    @Test
    void damageAndNonsenseAreRefused() {
        assertThatThrownBy(() -> FeatureSpace.read(new ByteArrayInputStream(new byte[64]), "x.bin"))
                .hasMessageContaining("x.bin is no feature space");
        assertThatThrownBy(() -> FeatureSpace.read(null, "x.bin")).hasMessageContaining("missing");
        try (Scope scope = Scope.open(Torch.device("cpu"))) {
            assertThatThrownBy(() -> FeatureSpace.of(scope, "abc", maps(1, 4), maps(2, 2), 9))
                    .hasMessageContaining("9 components of 4");
        }
    }

    @Test
    void theShippedSpaceCanBeRead() {
        // all zeros is nobody's face
        assertThat(FeatureSpace.starter().strangeness(new float[WIDTH])).isBetween(0.0, 100.0);
    }
}
