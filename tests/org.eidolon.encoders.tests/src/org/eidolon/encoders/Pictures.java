// SPDX-License-Identifier: EPL-2.0
package org.eidolon.encoders;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
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
        return resource("grace-hopper.jpg");
    }

    /** A file that lies beside the tests. */
    static byte[] resource(String name) {
        try (InputStream in = Pictures.class.getResourceAsStream(name)) {
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
        return shared("data/portraits").stream()
                .filter(p -> p.toString().endsWith(".jpg"))
                .toList();
    }

    /** Files of a folder beside the checkout; empty where it is absent. */
    static List<Path> shared(String name) {
        String shared = System.getenv("EIDOLON_SHARED");
        Path folder = (shared == null ? checkout().resolve("../shared") : Path.of(shared)).resolve(name);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
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

    /** Red above left, green above right, blue below left, white below right. */
    static Photo quarters(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setColor(Color.RED);
        g.fillRect(0, 0, width / 2, height / 2);
        g.setColor(Color.GREEN);
        g.fillRect(width / 2, 0, width / 2, height / 2);
        g.setColor(Color.BLUE);
        g.fillRect(0, height / 2, width / 2, height / 2);
        g.setColor(Color.WHITE);
        g.fillRect(width / 2, height / 2, width / 2, height / 2);
        g.dispose();
        return Photo.ofImage(image);
    }

    /** The colours of the four quarters. */
    static String corners(Photo p) {
        StringBuilder text = new StringBuilder();
        for (int[] at : new int[][] {{1, 1}, {3, 1}, {1, 3}, {3, 3}}) {
            int x = at[0] * p.width() / 4;
            int y = at[1] * p.height() / 4;
            boolean r = p.at(x, y, 0) > 128;
            boolean g = p.at(x, y, 1) > 128;
            boolean b = p.at(x, y, 2) > 128;
            text.append(r && g && b ? 'W' : r ? 'R' : g ? 'G' : b ? 'B' : '?');
        }
        return text.toString();
    }

    /** Quarters in other places, such as a camera stores them that lies on its side. */
    static Photo arrange(String corners, int width, int height) {
        Photo colours = quarters(width, height);
        byte[] rgb = new byte[width * height * 3];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                char want = corners.charAt((y * 2 / height) * 2 + x * 2 / width);
                int from = "RGBW".indexOf(want);
                int sx = from % 2 == 0 ? width / 4 : 3 * width / 4;
                int sy = from / 2 == 0 ? height / 4 : 3 * height / 4;
                for (int c = 0; c < 3; c++) {
                    rgb[(y * width + x) * 3 + c] = (byte) colours.at(sx, sy, c);
                }
            }
        }
        return Photo.ofBytes(rgb, width, height);
    }
}
