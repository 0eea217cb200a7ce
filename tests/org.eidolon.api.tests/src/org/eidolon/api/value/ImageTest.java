// SPDX-License-Identifier: EPL-2.0
package org.eidolon.api.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageTest {
    @TempDir
    Path folder;

    @Test
    void bytesSurviveAsPng() throws IOException {
        for (int channels : new int[] {1, 3, 4}) {
            byte[] samples = new byte[5 * 3 * channels];
            new Random(channels).nextBytes(samples);
            var image = Image.ofBytes(5, 3, channels, samples);
            Path stored = Files.createDirectory(folder.resolve("" + channels));
            Values.IMAGE.write(image, stored);
            assertThat(Values.IMAGE.read(stored)).isEqualTo(image);
        }
    }

    @Test
    void floatsSurviveToTheBit() throws IOException {
        var image = Image.ofFloats(2, 1, 3, new float[] {0.1f, -4, 7e20f, Float.MIN_VALUE, 0, 1});
        Values.IMAGE.write(image, folder);
        assertThat(Values.IMAGE.read(folder)).isEqualTo(image);
        assertThat(image.toBytes()).containsExactly(26, 0, (byte) 255, 0, 0, (byte) 255);
    }

    @Test
    void rowZeroIsTheTopAndRedComesFirst() {
        var image = Image.ofBytes(1, 2, 3, new byte[] {(byte) 255, 0, 0, 0, 0, (byte) 255});
        assertThat(image.toBufferedImage().getRGB(0, 0)).isEqualTo(0xffff0000);
        assertThat(image.at(0, 1, 2)).isEqualTo(1f);
    }

    @Test
    void refusesSizesThatDoNotFit() {
        assertThatThrownBy(() -> Image.ofBytes(2, 2, 3, new byte[11])).hasMessageContaining("11 samples");
        assertThatThrownBy(() -> Image.ofBytes(1 << 20, 1 << 20, 4, new byte[0]))
                .hasMessageContaining("no image has");
    }

    @Test
    void artifactsStayInsideTheirFolder() throws IOException {
        Files.writeString(folder.resolve("evil.txt"), "x");
        Path inner = Files.createDirectory(folder.resolve("inner"));
        assertThatThrownBy(() -> new Artifacts(inner, List.of("../evil.txt")).copyTo(folder.resolve("out")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("would leave the folder");
    }

    @Test
    void artifactsOfAPrivateFolderBecomeOrdinaryFiles() throws IOException {
        Path inner = Files.createDirectory(folder.resolve("inner"));
        Path secret = Files.writeString(inner.resolve("head.glb"), "x");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        new Artifacts(inner, List.of("head.glb")).copyTo(folder.resolve("out"));
        Path plain = Files.writeString(folder.resolve("plain"), "x");
        assertThat(Files.getPosixFilePermissions(folder.resolve("out/head.glb")))
                .isEqualTo(Files.getPosixFilePermissions(plain));
    }
}
