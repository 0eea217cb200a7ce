// SPDX-License-Identifier: EPL-2.0
package org.example.palette;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.eidolon.api.value.Image;
import org.eidolon.engine.Cache;
import org.eidolon.engine.Engines;
import org.eidolon.engine.Plan;
import org.eidolon.engine.PlanRequest;
import org.eidolon.engine.Planner;
import org.eidolon.engine.RunOptions;
import org.eidolon.engine.RunResult;
import org.eidolon.graph.GraphReader;
import org.example.palette.studio.Swatches;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The node in the real engine, and the picture that it shows; no window is needed for that. */
class FindPaletteTest {
    @TempDir
    Path folder;

    private Palette palette(int red, int blue, int colours) throws Exception {
        var engines = new Engines();
        engines.addLibrary(new PaletteLibrary());
        engines.addLibrary(new Stripes());
        Plan plan = new Planner(engines.types())
                .plan(PlanRequest.of(GraphReader.read(Stripes.graph(red, blue, colours)), folder.resolve("a.eidolon")));
        var cache = new Cache(folder.resolve("cache"));
        RunResult result = engines.open(cache)
                .start(plan, RunOptions.defaults(), event -> {})
                .await();
        assertThat(result.failures()).isEmpty();
        return cache.load(
                result.entry("palette").orElseThrow(),
                "palette",
                engines.types().valueType(Palette.class));
    }

    @Test
    void eachColourIsFoundWithItsShare() throws Exception {
        Palette palette = palette(1, 3, 2);
        assertThat(palette.colours()).containsExactly(Stripes.BLUE, Stripes.RED);
        assertThat(palette.shares()).containsExactly(0.75, 0.25);
    }

    @Test
    void aPictureWithFewerColoursGivesFewer() throws Exception {
        Palette palette = palette(2, 2, 8);
        assertThat(palette.colours()).containsExactlyInAnyOrder(Stripes.BLUE, Stripes.RED);
        assertThat(Arrays.stream(palette.shares()).sum()).isCloseTo(1, within(1e-12));
    }

    @Test
    void swatchesAreAsWideAsTheirShares() {
        var palette = new Palette(new int[] {Stripes.BLUE, Stripes.RED}, new double[] {0.75, 0.25});
        Image image = new Swatches().of(Map.of("palette", palette)).orElseThrow();
        int[] row = new int[image.width()];
        for (int x = 0; x < row.length; x++) {
            row[x] = image.toBufferedImage().getRGB(x, 3) & 0xffffff;
        }
        assertThat(Arrays.stream(row).filter(colour -> colour == Stripes.BLUE).count())
                .isEqualTo(180);
        assertThat(Arrays.stream(row).filter(colour -> colour == Stripes.RED).count())
                .isEqualTo(60);
    }
}
