// SPDX-License-Identifier: EPL-2.0
package org.eidolon.encoders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eidolon.models.ModelException;
import org.eidolon.models.Models;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class IdentityEncoderTest {
    private static IdentityEncoder encoder;
    private static PortraitReader reader;

    @BeforeAll
    static void open() {
        encoder = IdentityEncoder.open(Models.standard());
        reader = PortraitReader.open(Models.standard());
    }

    @AfterAll
    static void close() {
        encoder.close();
        reader.close();
    }

    private static Photo aligned(Photo photo) {
        return reader.read(photo).aligned();
    }

    private static float[] numbers(String line) {
        String[] words = line.split(" ");
        float[] out = new float[words.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = Float.parseFloat(words[i]);
        }
        return out;
    }

    @Test
    void agreesWithTheOriginalNetwork() throws IOException {
        byte[] rgb = new byte[112 * 112 * 3];
        for (int y = 0; y < 112; y++) {
            for (int x = 0; x < 112; x++) {
                for (int c = 0; c < 3; c++) {
                    rgb[(y * 112 + x) * 3 + c] = (byte) (7 * x + 13 * y + 50 * c + x * y / 9);
                }
            }
        }
        List<String> lines;
        try (var in = getClass().getResourceAsStream("identity.txt")) {
            lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
        Encoding encoding = encoder.encode(Photo.ofBytes(rgb, 112, 112));
        float[] embedding = numbers(lines.get(0));
        float[] features = numbers(lines.get(1));
        assertThat(encoding.embedding()).hasSize(192);
        assertThat(encoding.features()).hasSize(49 * 128);
        for (int i = 0; i < 192; i++) {
            assertThat(encoding.embedding()[i]).isCloseTo(embedding[i], within(1e-4f));
        }
        for (int i = 0; i < features.length; i++) {
            assertThat(encoding.features()[16 * i]).isCloseTo(features[i], within(1e-3f));
        }
    }

    @Test
    void coloursAreThoseOfTheCropsCells() {
        byte[] rgb = new byte[112 * 112 * 3];
        for (int p = 0; p < 112 * 112; p++) {
            rgb[3 * p] = (byte) (p % 112 / 8 * 18);
            rgb[3 * p + 1] = (byte) (p / 112 / 8 * 18);
            rgb[3 * p + 2] = (byte) (p % 2 * 100);
        }
        float[] colours = encoder.encode(Photo.ofBytes(rgb, 112, 112)).colours();
        assertThat(colours).hasSize(14 * 14 * 3);
        for (int cell = 0; cell < 14 * 14; cell++) {
            assertThat(colours[3 * cell]).isCloseTo(cell % 14 * 18 / 255f, within(1e-4f));
            assertThat(colours[3 * cell + 1]).isCloseTo(cell / 14 * 18 / 255f, within(1e-4f));
            assertThat(colours[3 * cell + 2]).isCloseTo(50 / 255f, within(1e-4f));
        }
    }

    @Test
    void knowsAPersonAndTellsTwoApart() {
        Photo collins = Pictures.collins();
        Encoding one = encoder.encode(aligned(collins));
        Encoding other = encoder.encode(aligned(Pictures.hopper()));
        assertThat(one.cosine(other)).isLessThan(0.3);
        assertThat(one.cosine(encoder.encode(aligned(collins.mirrored())))).isGreaterThan(0.9);
        assertThat(one.cosine(encoder.encode(aligned(Pictures.scaled(collins, 0.6)))))
                .isGreaterThan(0.9);
        Similarity turn = new Similarity(Math.cos(0.3), Math.sin(0.3), 100, -20);
        assertThat(one.cosine(encoder.encode(aligned(FaceAlignment.warp(collins, turn, 512, 512)))))
                .isGreaterThan(0.85);
    }

    @Test
    void theMirroredPortraitFindsItselfAmongAll() {
        List<Path> portraits = Pictures.portraits();
        assumeThat(portraits).as("the portraits of shared/data").isNotEmpty();
        List<Encoding> gallery = encoder.encode(
                Pictures.aligned(reader).stream().map(Portrait::aligned).toList());
        int probes = 0;
        int first = 0;
        double different = 0;
        for (int i = 0; i < gallery.size(); i += 5) {
            Encoding probe = encoder.encode(aligned(Photo.read(portraits.get(i)).mirrored()));
            int best = 0;
            for (int j = 0; j < gallery.size(); j++) {
                double cosine = probe.cosine(gallery.get(j));
                best = cosine > probe.cosine(gallery.get(best)) ? j : best;
                different += i == j ? 0 : cosine;
            }
            first += best == i ? 1 : 0;
            probes++;
        }
        assertThat(first).isEqualTo(probes);
        assertThat(different / probes / (gallery.size() - 1)).isLessThan(0.2);
    }

    @Test
    void batchesThreadsAndFormsGiveTheSameNumbers() {
        Photo a = aligned(Pictures.collins());
        Photo b = aligned(Pictures.hopper());
        List<Photo> crops = new ArrayList<>();
        for (int i = 0; i < 21; i++) {
            crops.add(i % 3 == 0 ? a : b);
        }
        float[] packed = new float[21 * 112 * 112 * 3];
        byte[] bytes = new byte[packed.length];
        for (int i = 0; i < 21; i++) {
            System.arraycopy(crops.get(i).toFloats(), 0, packed, i * 112 * 112 * 3, 112 * 112 * 3);
            System.arraycopy(crops.get(i).rgb(), 0, bytes, i * 112 * 112 * 3, 112 * 112 * 3);
        }
        Encoding alone = encoder.encode(a);
        List<Encoding> many = encoder.encode(crops);
        Encodings one = encoder.encode(packed, 21, 1);
        Encodings three = encoder.encode(packed, 21, 3);
        Encodings eight = encoder.encode(bytes, 21, 2);
        assertThat(three.embeddings()).containsExactly(one.embeddings());
        assertThat(three.features()).containsExactly(one.features());
        for (int i : new int[] {0, 3, 18}) {
            assertThat(many.get(i).embedding()).containsExactly(alone.embedding());
            assertThat(many.get(i).features()).containsExactly(alone.features());
            assertThat(Arrays.copyOfRange(eight.embeddings(), i * 192, i * 192 + 192))
                    .containsExactly(alone.embedding());
            float[] floats = Arrays.copyOfRange(one.embeddings(), i * 192, i * 192 + 192);
            assertThat(Identity.cosine(floats, alone.embedding())).isCloseTo(1, within(1e-6));
        }
    }

    @Test
    void severalPhotosMakeOneIdentity() {
        Photo collins = Pictures.collins();
        Encoding a = encoder.encode(aligned(collins));
        Encoding b = encoder.encode(aligned(Pictures.scaled(collins, 0.5).mirrored()));
        Identity identity = Identity.of(encoder, List.of(a, b));
        assertThat(identity.encoder()).isEqualTo("identity/mobilefacenet-arcface");
        assertThat(identity.encoderSha256()).isEqualTo(encoder.sha256()).hasSize(64);
        assertThat(identity.photos()).isEqualTo(2);
        assertThat(identity.features()).hasSize(2 * 49 * 128);
        assertThat(Arrays.copyOfRange(identity.features(), 49 * 128, 2 * 49 * 128))
                .containsExactly(b.features());
        for (int i = 0; i < IdentityEncoder.COLOURS; i++) {
            assertThat(identity.colours()[i]).isCloseTo((a.colours()[i] + b.colours()[i]) / 2, within(1e-5f));
        }
        double length = 0;
        for (float v : identity.embedding()) {
            length += v * v;
        }
        assertThat(length).isCloseTo(1, within(1e-5));
        assertThat(Identity.cosine(identity.embedding(), a.embedding()))
                .isCloseTo(Identity.cosine(identity.embedding(), b.embedding()), within(1e-5))
                .isGreaterThan(a.cosine(b));

        float[] opposite = a.embedding().clone();
        for (int i = 0; i < opposite.length; i++) {
            opposite[i] = -opposite[i];
        }
        assertThatThrownBy(() -> Identity.of(encoder, List.of(a, new Encoding(opposite, a.features(), a.colours()))))
                .hasMessageContaining("different people");
    }

    @Test
    void cropsOfAnotherSizeAndOtherWeightsAreRefused() {
        assertThatThrownBy(() -> encoder.encode(Pictures.on(64, 64, 0)))
                .hasMessageContainingAll("64×64", "FaceAlignment");
        assertThatThrownBy(() -> encoder.encode(new float[5], 1, 1)).hasMessageContaining("112×112×3");
        assertThatThrownBy(() -> IdentityEncoder.open(Models.standard().get(FaceDetector.STARTER)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("no identity encoder");
        float[] nan = new float[112 * 112 * 3];
        Arrays.fill(nan, Float.NaN);
        assertThatThrownBy(() -> encoder.encode(nan, 1, 1)).isInstanceOf(PhotoException.class);
    }
}
