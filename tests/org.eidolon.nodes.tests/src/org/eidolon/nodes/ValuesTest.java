// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eidolon.api.Hashes;
import org.eidolon.api.ValueType;
import org.eidolon.encoders.Identity;
import org.eidolon.head.latent.Said;
import org.eidolon.head.prior.Domain;
import org.eidolon.nodes.value.AlignedFace;
import org.eidolon.nodes.value.Expressions;
import org.eidolon.nodes.value.Head;
import org.eidolon.nodes.value.HeadValues;
import org.eidolon.nodes.value.Prior;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values go to disk and come back. */
class ValuesTest {
    @TempDir
    Path folder;

    private int folders;

    /** Writes, reads and writes again: all that a value holds is in its files if those are the same. */
    private <T> T roundTrip(ValueType<T> type, T value) throws Exception {
        Path first = Files.createDirectory(folder.resolve("v" + folders++));
        Path second = Files.createDirectory(folder.resolve("v" + folders++));
        type.write(value, first);
        T read = type.read(first);
        type.write(read, second);
        assertThat(Hashes.ofTree(second)).isEqualTo(Hashes.ofTree(first)).isEqualTo(type.hash(value));
        return read;
    }

    @Test
    void smallOnes() throws Exception {
        byte[] rgb = new byte[112 * 112 * 3];
        rgb[5] = -3;
        var face = roundTrip(
                HeadValues.FACE,
                new AlignedFace(
                        rgb, new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, new float[] {0, 1, 2, 3}, 0.9, 0.2, 2));
        assertThat(face.rgb()).isEqualTo(rgb);
        assertThat(face.points()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        assertThat(face.image().width()).isEqualTo(112);

        var identity = roundTrip(
                HeadValues.IDENTITY,
                new Identity("e", "0a", 2, new float[] {1, Float.MIN_VALUE}, new float[] {0.1f}, new float[] {0.5f}));
        assertThat(identity.colours()).containsExactly(0.5f);
        assertThat(identity.photos()).isEqualTo(2);
        assertThat(identity.embedding()).containsExactly(1, Float.MIN_VALUE);

        var expressions = roundTrip(
                HeadValues.EXPRESSIONS,
                new Expressions(
                        "t",
                        "0b",
                        List.of("größer", "b @ home"),
                        List.of("größer", "b @ home @ 0.5"),
                        List.of("grosser", "b"),
                        new float[] {1, 2, 3, 4},
                        new float[] {5, 6},
                        new float[] {1, 0.5f}));
        assertThat(expressions.names()).containsExactly("größer", "b @ home @ 0.5");
        assertThat(expressions.said())
                .as("words are told as they are, whatever is in them")
                .containsExactly(new Said("größer", 1), new Said("b @ home", 0.5));
        assertThat(expressions.embedding(1)).containsExactly(3, 4);

        var prior = new Prior("prior/x", "0c", Domain.NORMALS, "e", "0a", 1);
        assertThat(roundTrip(HeadValues.PRIOR, prior)).isEqualTo(prior);
    }

    @Test
    void heads() throws Exception {
        Head head = TinyHead.textured("neutral", "smile");
        Head read = roundTrip(HeadValues.HEAD, head);
        assertThat(read.shapes()).isEqualTo(head.shapes());
        assertThat(read.textures().get(1).png())
                .isEqualTo(head.textures().get(1).png());
        assertThat(read.weights()).isEqualTo(head.weights());
        assertThat(read.textured()).isTrue();
        assertThat(roundTrip(HeadValues.HEAD, TinyHead.plain("neutral")).textured())
                .isFalse();
    }

    @Test
    void whatDoesNotFitTogetherIsRefused() {
        Head head = TinyHead.textured("neutral");
        assertThatIllegalArgumentException().isThrownBy(() -> new Head(head.shapes(), List.of(), Map.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Head(List.of(), List.of(), Map.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Expressions(
                        "t", "0", List.of("a"), List.of("a"), List.of(), new float[1], new float[1], new float[1]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AlignedFace(new byte[1], new float[10], new float[4], 1, 1, 1));
    }
}
