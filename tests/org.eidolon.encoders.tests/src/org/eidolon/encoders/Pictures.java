// SPDX-License-Identifier: EPL-2.0
package org.eidolon.encoders;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** Pictures for the tests. */
final class Pictures {
    private Pictures() {}

    static Path checkout() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isDirectory(at.resolve("bundles")) && Files.isDirectory(at.resolve("tests"))) {
                return at;
            }
        }
        throw new IllegalStateException("the tests run inside a checkout");
    }

    static Photo collins() {
        return Photo.read(checkout().resolve("examples/assets/eileen-collins.png"));
    }

    static byte[] hopperFile() {
        try (InputStream in = Pictures.class.getResourceAsStream("grace-hopper.jpg")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Photo hopper() {
        return Photo.read(hopperFile(), "grace-hopper.jpg");
    }

    /** The 80 portraits beside the checkout; empty where they are absent. */
    static List<Path> portraits() {
        String shared = System.getenv("EIDOLON_SHARED");
        Path folder = (shared == null ? checkout().resolve("../shared") : Path.of(shared)).resolve("data/portraits");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(p -> p.toString().endsWith(".jpg")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Portrait> aligned;

    /** The faces of all portraits, found once for all tests; null where there is none. */
    static synchronized List<Portrait> aligned(PortraitReader reader) {
        if (aligned == null) {
            aligned = new ArrayList<>();
            for (Path path : portraits()) {
                try {
                    aligned.add(reader.read(Photo.read(path)));
                } catch (PhotoException e) {
                    aligned.add(null);
                }
            }
        }
        return aligned;
    }

    static byte[] file(Photo photo, String format) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(photo.toImage(), format, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static Photo scaled(Photo photo, double scale) {
        int width = Math.max(1, (int) Math.round(photo.width() * scale));
        int height = Math.max(1, (int) Math.round(photo.height() * scale));
        return FaceAlignment.warp(photo, new Similarity(scale, 0, 0.5 * scale - 0.5, 0.5 * scale - 0.5), width, height);
    }

    /** One picture laid on another of one colour. */
    static Photo on(int width, int height, int grey, Photo... parts) {
        byte[] rgb = new byte[width * height * 3];
        java.util.Arrays.fill(rgb, (byte) grey);
        int left = 0;
        for (Photo part : parts) {
            byte[] from = part.rgb();
            for (int y = 0; y < part.height(); y++) {
                System.arraycopy(from, y * part.width() * 3, rgb, (y * width + left) * 3, part.width() * 3);
            }
            left += part.width();
        }
        return Photo.ofBytes(rgb, width, height);
    }

    /** Gaussian blur; {@code sigma} in pixels. */
    static Photo blurred(Photo photo, double sigma) {
        int w = photo.width();
        int h = photo.height();
        int reach = (int) Math.ceil(3 * sigma);
        float[] from = photo.toFloats();
        for (int axis = 0; axis < 2; axis++) {
            float[] to = new float[from.length];
            for (int i = 0; i < from.length; i++) {
                int c = i % 3;
                int x = i / 3 % w;
                int y = i / 3 / w;
                double sum = 0;
                double weight = 0;
                for (int k = -reach; k <= reach; k++) {
                    int sx = axis == 0 ? Math.clamp(x + k, 0, w - 1) : x;
                    int sy = axis == 0 ? y : Math.clamp(y + k, 0, h - 1);
                    double g = Math.exp(-k * k / (2 * sigma * sigma));
                    sum += g * from[(sy * w + sx) * 3 + c];
                    weight += g;
                }
                to[i] = (float) (sum / weight);
            }
            from = to;
        }
        return Photo.ofFloats(from, w, h);
    }

    /** Writes a chunk of a PNG file. */
    static void chunk(ByteArrayOutputStream out, String name, byte[] data) throws IOException {
        byte[] typed = ByteBuffer.allocate(4 + data.length)
                .put(name.getBytes(StandardCharsets.ISO_8859_1))
                .put(data)
                .array();
        CRC32 crc = new CRC32();
        crc.update(typed);
        out.write(ByteBuffer.allocate(4).putInt(data.length).array());
        out.write(typed);
        out.write(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }
}
