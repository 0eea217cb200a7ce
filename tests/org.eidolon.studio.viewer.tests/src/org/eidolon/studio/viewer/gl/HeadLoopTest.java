// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.viewer.gl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.imageio.ImageIO;
import org.eidolon.studio.viewer.TestHeads;
import org.eidolon.studio.viewer.scene.DrawMode;
import org.eidolon.studio.viewer.scene.ShownHead;
import org.eidolon.studio.viewer.scene.Staging;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drawing in a thread of its own, with real OpenGL. */
class HeadLoopTest {
    private static final Staging.Backdrop BLACK = new Staging.Backdrop(new float[3], new float[3], new float[3]);

    private final List<Frame> frames = Collections.synchronizedList(new ArrayList<>());
    private final List<GlException> troubles = Collections.synchronizedList(new ArrayList<>());
    private final HeadLoop loop = new HeadLoop(frames::add, troubles::add);

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        loop.close();
        assertThat(troubles).isEmpty();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("half a minute is over").isLessThan(end);
            Thread.sleep(5);
        }
    }

    private static ShownHead coloured(int colour) throws Exception {
        return ShownHead.of(TestHeads.squares(colour));
    }

    private int middle() {
        if (frames.isEmpty()) {
            return -1;
        }
        Frame last = frames.get(frames.size() - 1);
        return last.rgb(last.width() / 2, last.height() / 2);
    }

    @Test
    void theNewestHeadWinsAndFewReachTheCard() throws Exception {
        ShownHead first = coloured(0xff0000);
        Staging view = Staging.of(first, 300, 300).withMode(DrawMode.ALBEDO).withBackdrop(BLACK);
        loop.view(view);
        loop.show(first);
        await(() -> middle() == 0xff0000);
        frames.clear();
        long shown = loop.modelsShown();
        long start = System.nanoTime();
        int offered = 0;
        double azimuth = 0;
        while (System.nanoTime() - start < TimeUnit.SECONDS.toNanos(3)) {
            loop.show(coloured(0x0000ff));
            offered++;
            for (int i = 0; i < 5; i++) {
                azimuth += 0.1;
                loop.view(view.withCamera(view.camera().orbited(0.3 * Math.sin(azimuth), 0)));
                Thread.sleep(10);
            }
        }
        assertThat(offered).isGreaterThan(10);
        assertThat(loop.modelsShown() - shown).as("twice a second at most").isBetween(2L, 7L);
        assertThat(frames.size()).as("ten pictures a second at least").isGreaterThanOrEqualTo(30);
        loop.show(coloured(0x00ff00));
        await(() -> middle() == 0x00ff00);
    }

    @Test
    void whatStandsStillIsDrawnWellAndThenNoMore() throws Exception {
        ShownHead eggs = ShownHead.of(TestHeads.eggs(16));
        loop.show(eggs);
        loop.view(Staging.of(eggs, 120, 120).withBackdrop(BLACK));
        await(() -> !frames.isEmpty());
        Thread.sleep(700);
        int count = frames.size();
        Thread.sleep(500);
        assertThat(frames).as("pictures of what does not change").hasSize(count);
        assertThat(frames.get(count - 1).width()).isEqualTo(120);
    }

    @Test
    void aChangeOfExpressionBlends() throws Exception {
        ShownHead eggs = ShownHead.of(TestHeads.eggs(12));
        Staging view = Staging.of(eggs, 100, 100).withMode(DrawMode.ALBEDO).withBackdrop(BLACK);
        loop.show(eggs);
        loop.view(view);
        await(() -> middle() == 0xffffff);
        Thread.sleep(400);
        frames.clear();
        loop.view(view.withShapes(1, 1, 1));
        Thread.sleep(700);
        Frame last = frames.get(frames.size() - 1);
        // beside the head at rest, where the smile is wider
        int x = 0;
        while (last.rgb(x, 50) != 0xffffff) {
            x++;
        }
        int at = x + 1;
        assertThat(frames)
                .anySatisfy(frame -> assertThat(frame.rgb(at, 50) & 255).isBetween(20, 235));
        assertThat(frames).hasSizeGreaterThan(2);
    }

    @Test
    void aPictureIsTakenAtAnySizeAndWrittenWhole() throws Exception {
        ShownHead square = coloured(0xd02010);
        Staging view = Staging.of(square, 50, 50).withMode(DrawMode.ALBEDO).withBackdrop(BLACK);
        loop.show(square);
        loop.view(view);
        await(() -> middle() == 0xd02010);
        Frame frame = loop.shoot(view.withSize(640, 480)).get(20, TimeUnit.SECONDS);
        Path png = folder.resolve("head.png");
        frame.write(png);
        BufferedImage read = ImageIO.read(png.toFile());
        assertThat(read.getWidth()).isEqualTo(640);
        assertThat(read.getHeight()).isEqualTo(480);
        assertThat(read.getRGB(320, 240) & 0xffffff).isEqualTo(0xd02010);
        assertThat(read.getRGB(5, 5) & 0xffffff).isZero();
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(png);
        }
    }

    @Test
    void aClosedLoopAnswersNobody() {
        loop.close();
        Staging view = Staging.of(ShownHead.of("egg", TestHeads.egg(8, 0)), 10, 10);
        assertThatThrownBy(() -> loop.shoot(view).join()).isInstanceOf(CancellationException.class);
    }

    @Test
    void whatDrawsIsTold() throws Exception {
        assertThat(loop.description().get(20, TimeUnit.SECONDS)).contains("OpenGL");
    }
}
