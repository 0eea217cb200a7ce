// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.eidolon.testing.head.TinyHead;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MorphablePackTest {
    private static final float HALF_STEP = (float) (MorphablePack.STEP_METRES / HeadSpace.METRES * 0.501);

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void pack() throws IOException {
        file = folder.resolve("small.ehd");
        MorphablePack.write(small(), file);
    }

    /** A strip of three quads and a triangle in two regions and two sheets, with modes of noise. */
    static MorphableHead small() {
        int[] polygons = {0, 1, 3, 2, 2, 3, 5, 4, 4, 5, 7, 6, 6, 7, 8, -1};
        float[] uv = new float[18];
        Random random = new Random(5);
        for (int i = 0; i < uv.length; i++) uv[i] = random.nextFloat();
        byte[] regions = {0, 0, 0, 0, 0, 0, 5, 5, 5};
        var topology = new HeadTopology(
                9, polygons, uv, polygons.clone(), List.of("face", "teeth"), new byte[] {0, 0, 0, 1}, regions);
        return new MorphableHead(
                topology,
                noise(random, 1),
                List.of(noise(random, 0.1f), noise(random, 0.002f), new float[27]),
                List.of("jawOpen", "mouthSmile_L", "mouthSmile_R"),
                List.of(noise(random, 0.2f), noise(random, 0.01f), noise(random, 0.01f)),
                new int[] {0, 8, 3});
    }

    private static float[] noise(Random random, float size) {
        float[] out = new float[27];
        for (int i = 0; i < out.length; i++) out[i] = size * (2 * random.nextFloat() - 1);
        return out;
    }

    @Test
    void everythingComesBackAndOffsetsAreWithinHalfAStep() throws IOException {
        MorphableHead before = small();
        MorphableHead after = MorphablePack.open(file);
        assertThat(after.neutral()).isEqualTo(before.neutral());
        assertThat(after.landmarks()).isEqualTo(before.landmarks());
        assertThat(after.shapeNames()).isEqualTo(before.shapeNames());
        HeadTopology a = after.topology(), b = before.topology();
        assertThat(a.polygons()).isEqualTo(b.polygons());
        assertThat(a.corners()).isEqualTo(b.corners());
        assertThat(a.uv()).isEqualTo(b.uv());
        assertThat(a.sheets()).isEqualTo(b.sheets());
        assertThat(a.sheetOf()).isEqualTo(b.sheetOf());
        assertThat(a.regionOf()).isEqualTo(b.regionOf());
        assertNear(before.identities(), after.identities());
        assertNear(before.shapes(), after.shapes());
        assertThat(after.identities().getLast()).containsOnly(0f);
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    static void assertNear(List<float[]> before, List<float[]> after) {
        assertThat(after).hasSameSizeAs(before);
        for (int m = 0; m < before.size(); m++) {
            float worst = 0;
            for (int i = 0; i < before.get(m).length; i++) {
                worst = Math.max(worst, Math.abs(before.get(m)[i] - after.get(m)[i]));
            }
            assertThat(worst).as("mode %d", m).isLessThanOrEqualTo(HALF_STEP);
        }
    }

    @Test
    void aTopologyTellsItsRegionsAndTriangles() {
        HeadTopology topology = small().topology();
        assertThat(topology.triangles()).containsExactly(0, 1, 3, 0, 3, 2, 2, 3, 5, 2, 5, 4, 4, 5, 7, 4, 7, 6, 6, 7, 8);
        assertThat(topology.vertices(HeadRegion.TEETH)).containsExactly(6, 7, 8);
        assertThat(topology.polygons(HeadRegion.FACE)).containsExactly(0, 1);
        assertThat(topology.polygons(HeadRegion.TEETH)).containsExactly(2, 3);
        assertThat(topology.vertices(HeadRegion.LASHES)).isEmpty();
        assertThat(topology.lowerNeighbours()[3]).containsExactly(1, 2);
    }

    @Test
    void aHeadIsMadeOfWeights() {
        MorphableHead head = small();
        float[] weights = head.shapeWeights(Map.of("mouthSmile", 0.5));
        assertThat(weights).containsExactly(0, 0.5f, 0.5f);
        float[] at = head.vertices(new float[] {2}, weights);
        float expected = head.neutral()[4]
                + 2 * head.identities().get(0)[4]
                + 0.5f * (head.shapes().get(1)[4] + head.shapes().get(2)[4]);
        assertThat(at[4]).isCloseTo(expected, within(1e-6f));
        assertThatThrownBy(() -> head.vertices(new float[4], weights))
                .hasMessageContainingAll("4 weights", "3 identity");
        assertThatThrownBy(() -> head.shapeWeights(Map.of("wink", 1.0))).hasMessageContaining("wink");
    }

    @Test
    void aWrongTopologyIsRefused() {
        HeadTopology good = small().topology();
        int[] far = good.polygons().clone();
        far[2] = 9;
        assertThatThrownBy(() -> with(good, far, good.uv(), good.regionOf())).hasMessageContaining("vertex 9");
        int[] open = good.polygons().clone();
        open[3] = -1;
        assertThatThrownBy(() -> with(good, open, good.uv(), good.regionOf())).hasMessageContaining("fourth corner");
        float[] outside = good.uv().clone();
        outside[1] = 1.01f;
        assertThatThrownBy(() -> with(good, good.polygons(), outside, good.regionOf()))
                .hasMessageContaining("1.01");
        assertThatThrownBy(() -> with(good, good.polygons(), good.uv(), new byte[8]))
                .hasMessageContaining("regions do not cover");
    }

    private static HeadTopology with(HeadTopology t, int[] polygons, float[] uv, byte[] regionOf) {
        return new HeadTopology(9, polygons, uv, t.corners(), t.sheets(), t.sheetOf(), regionOf);
    }

    @Test
    void whatIsCutOffOrGoesOnIsRefused() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        for (double share : new double[] {0, 0.05, 0.5, 0.99}) {
            Files.write(file, Arrays.copyOf(whole, (int) (whole.length * share)));
            assertThatThrownBy(() -> MorphablePack.open(file)).hasMessageContaining("small.ehd is cut off");
        }
        Files.write(file, whole);
        byte[] content = content();
        for (int length : new int[] {3, 7, 60, content.length - 1}) {
            rewrite(Arrays.copyOf(content, length));
            assertThatThrownBy(() -> MorphablePack.open(file)).hasMessageContaining("is cut off");
        }
        rewrite(Arrays.copyOf(content, content.length + 1));
        assertThatThrownBy(() -> MorphablePack.open(file)).hasMessageContaining("goes on behind");
    }

    @Test
    void damageIsAlwaysAnIoException() throws IOException {
        byte[] whole = Files.readAllBytes(file), content = content();
        Random random = new Random(3);
        for (int i = 0; i < 60; i++) {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 + random.nextInt(255));
            Files.write(file, damaged);
            assertThatThrownBy(() -> MorphablePack.open(file)).isInstanceOf(IOException.class);
        }
        for (int at = 4; at + 4 < content.length; at++) {
            byte[] damaged = content.clone();
            Arrays.fill(damaged, at, at + 4, (byte) 0x7f);
            rewrite(damaged);
            try {
                MorphablePack.open(file); // an offset or a name may be any
            } catch (IOException e) {
                assertThat(e.getMessage()).contains("small.ehd");
            }
        }
        rewrite(new byte[] {0x45, 0x48, 0x4d, 0x31, 0x7f, -1, -1, -1, 0, 0, 0, 0});
        assertThatThrownBy(() -> MorphablePack.open(file)).hasMessageContaining("declares 2147483647 vertices");
    }

    @Test
    void otherFilesAreToldApart() throws IOException {
        Files.writeString(file, "hello");
        assertThatThrownBy(() -> MorphablePack.open(file)).hasMessageContainingAll("is not a whole head", "--whole");
        HeadPack.write(TinyHead.model(), file);
        assertThatThrownBy(() -> MorphablePack.open(file)).hasMessageContainingAll("is not a whole head", "--whole");
        MorphablePack.write(small(), file);
        assertThatThrownBy(() -> HeadPack.open(file)).hasMessageContaining("is not a head pack");
        assertThatThrownBy(() -> MorphablePack.open(folder.resolve("none")))
                .hasMessageContainingAll("there is no head model at", "--whole");
        assertThatThrownBy(() -> IctMorphable.read(folder)).hasMessageContaining("generic_neutral_mesh.obj");
    }

    @Test
    void anOffsetThatNoHeadHasIsNotWritten() {
        MorphableHead head = small();
        float[] far = new float[27];
        far[13] = 3;
        var wrong = new MorphableHead(
                head.topology(), head.neutral(), List.of(far), List.of(), List.of(), head.landmarks());
        assertThatThrownBy(() -> MorphablePack.write(wrong, file)).hasMessageContainingAll("vertex 4", "3.0");
    }

    private byte[] content() throws IOException {
        try (var in = new InflaterInputStream(Files.newInputStream(file))) {
            return in.readAllBytes();
        }
    }

    private void rewrite(byte[] content) throws IOException {
        try (OutputStream out = new DeflaterOutputStream(Files.newOutputStream(file))) {
            out.write(content);
        }
    }
}
