// SPDX-License-Identifier: EPL-2.0
package org.eidolon.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LetteringTest {
    private static final Pattern AWT_TEXT = Pattern.compile("java\\.awt\\.Font|\\.drawString\\(|java\\.awt\\.font");

    @Test
    void everyPrintableCharacterHasAShapeOfItsOwn() {
        Set<Integer> seen = new HashSet<>();
        for (char c = 33; c < 127; c++) {
            int[] pixels = drawn(String.valueOf(c), 40, 60, 40);
            assertThat(Arrays.stream(pixels).filter(p -> p != 0).count())
                    .as("ink of %s", c)
                    .isGreaterThan(8);
            assertThat(seen.add(Arrays.hashCode(pixels)))
                    .as("%s looks like another", c)
                    .isTrue();
        }
        assertThat(seen).doesNotContain(Arrays.hashCode(drawn("漢", 40, 60, 40)));
    }

    @Test
    void accentsFallAwayAndUnknownLettersAreBoxes() {
        assertThat(drawn("é–", 60, 40, 20)).isEqualTo(drawn("e-", 60, 40, 20));
        assertThat(drawn("°", 60, 40, 20)).as("turntables caption their angles").isNotEqualTo(drawn("漢", 60, 40, 20));
        assertThat(drawn("漢", 60, 40, 20)).isEqualTo(drawn("字", 60, 40, 20)).isNotEqualTo(drawn(" ", 60, 40, 20));
    }

    @Test
    void inkKeepsToTheWidthThatWasTold() {
        String text = "Wide grin, 0.0352";
        int width = (int) Math.ceil(Lettering.width(text, 24));
        int[] pixels = drawn(text, width + 40, 60, 24);
        int right = 0;
        for (int i = 0; i < pixels.length; i++) if (pixels[i] != 0) right = Math.max(right, i % (width + 40));
        assertThat((double) right).isCloseTo(10 + width, within(3.0));
        assertThat(Lettering.width(text, 48)).isCloseTo(2 * Lettering.width(text, 24), within(1e-9));
    }

    @Test
    void longLinesAreShortenedWithDots() {
        String line = Lettering.fitted("a very long wording of an expression", 12, 100);
        assertThat(line).startsWith("a very").endsWith("...");
        assertThat(Lettering.width(line, 12)).isLessThanOrEqualTo(100);
        assertThat(Lettering.fitted("smile", 12, 100)).isEqualTo("smile");
    }

    /** Fonts fail on a machine without fontconfig, headless or not, so that none of our code may ask for one. */
    @Test
    void noCodeOfOursUsesFontsOfTheMachine() throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(checkout().resolve("bundles"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                // a program with windows has a desktop's fonts
                if (file.toString().contains("org.eidolon.studio")) continue;
                if (AWT_TEXT.matcher(Files.readString(file)).find())
                    found.add(file.getFileName().toString());
            }
        }
        assertThat(found).as("use org.eidolon.picture.Lettering").isEmpty();
    }

    private static Path checkout() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(at.resolve("bundles"))) at = at.getParent();
        return at;
    }

    private static int[] drawn(String text, int width, int height, double size) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setColor(Color.WHITE);
        Lettering.draw(g, text, 10, 40, size);
        g.dispose();
        return ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
    }
}
