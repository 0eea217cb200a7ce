// SPDX-License-Identifier: EPL-2.0
package org.example.palette;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.eidolon.api.Doc;
import org.eidolon.api.In;
import org.eidolon.api.Node;
import org.eidolon.api.NodeException;
import org.eidolon.api.NodeType;
import org.eidolon.api.Param;
import org.eidolon.api.Run;
import org.eidolon.api.value.Image;

/**
 * Finds the main colours of a picture by median cut (Heckbert 1982): all pixels begin in one box of the colour cube; the
 * box whose pixels differ most is cut at the median of its longest side, until there are as many boxes as colours.
 */
@NodeType(id = "example.palette", category = "Image", doc = "Finds the main colours of a picture.")
public record FindPalette(
        @In(doc = "the picture") Image image,
        @Param(min = 2, max = 8, doc = "how many colours") int colours) implements Node<FindPalette.Out> {

    public record Out(
            @Doc("the main colours, the most frequent first")
            Palette palette) {}

    /** Pixels as 0xrrggbb. */
    private record Box(int[] pixels) {
        int channel(int pixel, int shift) {
            return pixel >> shift & 255;
        }

        int side(int shift) {
            int low = Arrays.stream(pixels)
                    .map(pixel -> channel(pixel, shift))
                    .min()
                    .orElse(0);
            int high = Arrays.stream(pixels)
                    .map(pixel -> channel(pixel, shift))
                    .max()
                    .orElse(0);
            return high - low;
        }

        int longest() {
            return IntStream.of(16, 8, 0)
                    .boxed()
                    .max(Comparator.comparing(this::side))
                    .orElseThrow();
        }

        /** Two boxes; equal colours stay together. Null where all pixels have one colour. */
        List<Box> cut() {
            int shift = longest();
            if (side(shift) == 0) {
                return null;
            }
            int[] sorted = Arrays.stream(pixels)
                    .boxed()
                    .sorted(Comparator.comparing(pixel -> channel(pixel, shift)))
                    .mapToInt(Integer::intValue)
                    .toArray();
            int median = channel(sorted[sorted.length / 2], shift);
            int at = 0;
            while (channel(sorted[at], shift) < median) {
                at++;
            }
            if (at == 0) { // the median is the lowest: cut above it
                while (channel(sorted[at], shift) == median) {
                    at++;
                }
            }
            return List.of(new Box(Arrays.copyOf(sorted, at)), new Box(Arrays.copyOfRange(sorted, at, sorted.length)));
        }

        int mean() {
            int colour = 0;
            for (int shift : new int[] {16, 8, 0}) {
                double mean = Arrays.stream(pixels)
                        .map(pixel -> channel(pixel, shift))
                        .average()
                        .orElse(0);
                colour |= (int) Math.round(mean) << shift;
            }
            return colour;
        }
    }

    /** The defaults. */
    public FindPalette() {
        this(null, 5);
    }

    @Override
    public Out run(Run run) {
        if (image.channels() < 3) {
            throw new NodeException("the picture has no colours", "Link a colour picture");
        }
        var boxes = new ArrayList<Box>(List.of(new Box(pixels())));
        while (boxes.size() < colours) {
            run.checkCancelled();
            run.progress("cut", boxes.size(), colours, "colour");
            Box widest = boxes.stream()
                    .max(Comparator.comparing(box -> box.side(box.longest())))
                    .orElseThrow();
            List<Box> halves = widest.cut();
            if (halves == null) { // fewer colours in the picture than asked for
                break;
            }
            boxes.remove(widest);
            boxes.addAll(halves);
        }
        boxes.sort(Comparator.comparing((Box box) -> box.pixels().length).reversed());
        double all = image.width() * (double) image.height();
        return new Out(new Palette(
                boxes.stream().mapToInt(Box::mean).toArray(),
                boxes.stream().mapToDouble(box -> box.pixels().length / all).toArray()));
    }

    private int[] pixels() {
        byte[] samples = image.toBytes();
        int channels = image.channels();
        return IntStream.range(0, image.width() * image.height())
                .map(i -> (samples[i * channels] & 255) << 16
                        | (samples[i * channels + 1] & 255) << 8
                        | samples[i * channels + 2] & 255)
                .toArray();
    }
}
