// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine.example;

import org.eidolon.api.Doc;
import org.eidolon.api.In;
import org.eidolon.api.Node;
import org.eidolon.api.NodeException;
import org.eidolon.api.NodeType;
import org.eidolon.api.Param;
import org.eidolon.api.Run;
import org.eidolon.api.value.Image;
import org.eidolon.api.value.Scalar;

/** Softens an image by averaging each pixel with its neighbours. */
@NodeType(id = "example.soften", category = "Image", doc = "Averages each pixel with its neighbours.")
public record SoftenImage(
        @In(doc = "the image to soften") Image image,

        @Param(min = 1, max = 64, unit = "pixels", doc = "how far to look each way")
        int radius,

        @Param(doc = "what counts") Shape shape)
        implements Node<SoftenImage.Out> {

    public enum Shape {
        @Doc("all neighbours alike")
        BOX,
        @Doc("near ones more")
        TENT
    }

    public record Out(
            @Doc("the softened image") Image image,
            @Doc("largest change of a sample") Scalar change) {}

    /** The defaults. */
    public SoftenImage() {
        this(null, 2, Shape.TENT);
    }

    @Override
    public Out run(Run run) {
        if (Math.min(image.width(), image.height()) <= radius) {
            throw new NodeException(
                    "the image is only " + image.width() + "×" + image.height() + " pixels",
                    "Choose a radius smaller than the image, or a larger image");
        }
        int channels = image.channels();
        float[] soft = new float[image.width() * image.height() * channels];
        double change = 0;
        for (int y = 0, i = 0; y < image.height(); y++) {
            run.checkCancelled();
            run.progress("soften", y, image.height(), "row");
            for (int x = 0; x < image.width(); x++) {
                for (int c = 0; c < channels; c++, i++) {
                    soft[i] = average(x, y, c);
                    change = Math.max(change, Math.abs(soft[i] - image.at(x, y, c)));
                }
            }
        }
        return new Out(Image.ofFloats(image.width(), image.height(), channels, soft), new Scalar(change));
    }

    private float average(int x, int y, int channel) {
        float sum = 0;
        float weights = 0;
        for (int dy = -radius; dy <= radius; dy++) {
            for (int dx = -radius; dx <= radius; dx++) {
                int px = Math.clamp(x + dx, 0, image.width() - 1);
                int py = Math.clamp(y + dy, 0, image.height() - 1);
                float weight = shape == Shape.BOX ? 1 : radius + 1 - Math.max(Math.abs(dx), Math.abs(dy));
                sum += weight * image.at(px, py, channel);
                weights += weight;
            }
        }
        return sum / weights;
    }
}
