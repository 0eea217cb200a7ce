// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli.internal;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.eidolon.engine.OutNames;
import org.eidolon.engine.Sweep;
import org.eidolon.graph.GraphFiles;
import org.eidolon.picture.Sheet;

/** The results of a sweep on one sheet, {@code sweep.png}: a picture of each, and below it the value. */
final class SweepSheet {
    static final String FILE = OutNames.SWEEP;

    /** Longer side of a picture on the sheet, pixels. */
    private static final int SIDE = 512;

    /** So many stand in one row, as people compare them. */
    private static final int ONE_ROW = 5;

    /** Width by height that a sheet of more has about, as screens do. */
    private static final double SHAPE = 1.6;

    private static final long MOST_PIXELS = 100_000_000;

    private SweepSheet() {}

    /**
     * Writes the sheet.
     *
     * @param folder that holds those of the items
     * @param values by the names of the items
     * @param says how each went
     * @return false where no item has a picture
     */
    static boolean write(Path folder, Sweep sweep, Map<String, String> values, Map<String, String> says)
            throws IOException {
        Map<String, BufferedImage> pictures = pictures(
                folder,
                values.keySet().stream()
                        .filter(name -> "done".equals(says.get(name)))
                        .toList());
        if (pictures.isEmpty()) {
            Files.deleteIfExists(folder.resolve(FILE)); // of an earlier sweep
            return false;
        }
        double wide = pictures.values().stream()
                .mapToDouble(picture -> picture.getWidth() / (double) picture.getHeight())
                .max()
                .orElseThrow();
        int width = (int) Math.round(wide >= 1 ? SIDE : SIDE * wide);
        int height = (int) Math.round(wide >= 1 ? SIDE / wide : SIDE);
        int count = values.size();
        int columns =
                count <= ONE_ROW ? count : Math.clamp(Math.round(Math.sqrt(count * SHAPE * height / width)), 1, count);
        var sheet = Sheet.ofBoxes(Math.max(64, width), Math.max(64, height), count, columns);
        values.forEach((name, value) -> {
            String caption = sweep.name() + " = " + value;
            BufferedImage picture = pictures.get(name);
            if (picture == null) {
                sheet.add("done".equals(says.get(name)) ? "no picture" : says.get(name), caption);
            } else {
                sheet.add(List.of(picture), caption);
            }
        });
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(sheet.image(), "png", bytes);
        GraphFiles.put(folder.resolve(FILE), bytes.toByteArray());
        return true;
    }

    /**
     * A picture of each item that has one: of those that all have the one with the fewest pixels, of which most is left
     * when it is small.
     */
    private static Map<String, BufferedImage> pictures(Path folder, List<String> items) throws IOException {
        ImageIO.setUseCache(false);
        var sizes = new LinkedHashMap<String, Map<String, Long>>();
        for (String item : items) {
            sizes.put(item, sizes(folder.resolve(item)));
        }
        Map<String, Long> common = new TreeMap<>();
        sizes.values().forEach(names -> names.forEach((name, pixels) -> common.merge(name, pixels, Long::sum)));
        common.keySet().removeIf(name -> !sizes.values().stream().allMatch(names -> names.containsKey(name)));
        var pictures = new LinkedHashMap<String, BufferedImage>();
        for (String item : items) {
            Map<String, Long> from = common.isEmpty() ? sizes.get(item) : common;
            Optional<String> name =
                    from.entrySet().stream().min(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
            if (name.isPresent()) {
                pictures.put(
                        item,
                        ImageIO.read(folder.resolve(item).resolve(name.get()).toFile()));
            }
        }
        return pictures;
    }

    /** Pixels of the pictures in a folder, as their heads say, by the names of the files. */
    private static Map<String, Long> sizes(Path folder) throws IOException {
        var sizes = new TreeMap<String, Long>();
        try (var files = Files.newDirectoryStream(folder, "*.png")) {
            for (Path file : files) {
                long pixels = pixels(file);
                if (pixels > 0 && pixels <= MOST_PIXELS) {
                    sizes.put(file.getFileName().toString(), pixels);
                }
            }
        }
        return sizes;
    }

    /** 0 where it is no picture. */
    private static long pixels(Path file) throws IOException {
        try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
            var readers = in == null ? List.<ImageReader>of().iterator() : ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                return 0;
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in);
                return (long) reader.getWidth(0) * reader.getHeight(0);
            } catch (IOException e) {
                return 0;
            } finally {
                reader.dispose();
            }
        }
    }
}
