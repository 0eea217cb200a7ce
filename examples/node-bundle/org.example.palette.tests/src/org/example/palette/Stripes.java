// SPDX-License-Identifier: EPL-2.0
package org.example.palette;

import java.util.List;
import org.eidolon.api.Node;
import org.eidolon.api.NodeLibrary;
import org.eidolon.api.NodeType;
import org.eidolon.api.Param;
import org.eidolon.api.Run;
import org.eidolon.api.value.Image;

/** A node for the tests, which makes a picture of red and of blue columns. */
public final class Stripes implements NodeLibrary {
    static final int RED = 0xd02010;
    static final int BLUE = 0x1030c0;

    @Override
    public List<Class<? extends Node<?>>> nodes() {
        return List.of(Make.class);
    }

    @Override
    public String version() {
        return "stripes 1";
    }

    /** A graph that finds the palette of such a picture. */
    static String graph(int red, int blue, int colours) {
        return """
                {
                  "eidolon": 1,
                  "nodes": {
                    "stripes": {"type": "test.stripes@1", "params": {"red": %d, "blue": %d}},
                    "palette": {
                      "type": "example.palette@1",
                      "params": {"colours": %d},
                      "in": {"image": "stripes.image"}
                    }
                  }
                }
                """.formatted(red, blue, colours);
    }

    @NodeType(id = "test.stripes", category = "Test")
    public record Make(
            @Param(min = 0) int red, @Param(min = 0) int blue) implements Node<Make.Out> {
        public record Out(Image image) {}

        public Make() {
            this(1, 1);
        }

        @Override
        public Out run(Run run) {
            byte[] samples = new byte[3 * (red + blue)];
            for (int x = 0; x < red + blue; x++) {
                int colour = x < red ? RED : BLUE;
                samples[3 * x] = (byte) (colour >> 16);
                samples[3 * x + 1] = (byte) (colour >> 8);
                samples[3 * x + 2] = (byte) colour;
            }
            return new Out(Image.ofBytes(red + blue, 1, 3, samples));
        }
    }
}
