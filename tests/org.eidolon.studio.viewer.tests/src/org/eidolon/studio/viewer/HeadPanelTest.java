// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.viewer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.RGB;
import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Scale;
import org.eclipse.swt.widgets.Shell;
import org.eidolon.api.value.Artifacts;
import org.eidolon.api.value.Image;
import org.eidolon.studio.viewer.scene.DrawMode;
import org.eidolon.studio.viewer.scene.LightRig;
import org.eidolon.studio.viewer.scene.ShownHead;
import org.eidolon.studio.viewer.scene.Staging;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The viewer in a real window, driven by keys, mouse and controls. */
class HeadPanelTest {
    private Shell shell;
    private HeadPanel panel;
    private HeadCanvas canvas;

    @TempDir
    Path folder;

    @BeforeEach
    void open() throws Exception {
        Window.in(() -> {
            shell = new Shell(Window.display());
            shell.setLayout(new FillLayout());
            shell.setSize(900, 640);
            panel = new HeadPanel(shell);
            canvas = panel.canvas();
            shell.open();
        });
    }

    @AfterEach
    void close() {
        Window.in(() -> shell.dispose());
    }

    private void showEggs() throws Exception {
        Path glb = folder.resolve("eggs.glb");
        TestHeads.eggs(24).write(glb);
        Window.of(() -> panel.open(glb)).get(20, TimeUnit.SECONDS);
        Window.await("the head", () -> canvas.model() != null);
    }

    private Staging view() {
        return Window.of(canvas::view);
    }

    private static RGB at(ImageData data, double x, double y) {
        return data.palette.getRGB(data.getPixel((int) (x * data.width), (int) (y * data.height)));
    }

    private static int brightness(RGB rgb) {
        return (rgb.red + rgb.green + rgb.blue) / 3;
    }

    /** In the order in which they are read. */
    @SuppressWarnings("unchecked")
    private <C extends Control> List<C> all(Class<C> kind) {
        return Window.of(() -> {
            var found = new ArrayList<C>();
            var open = new ArrayList<Control>(List.of(panel));
            while (!open.isEmpty()) {
                Control next = open.remove(0);
                if (kind.isInstance(next)) {
                    found.add((C) next);
                }
                if (next instanceof Composite composite) {
                    open.addAll(0, List.of(composite.getChildren()));
                }
            }
            return found;
        });
    }

    private static void select(Control control, Runnable change) {
        Window.in(() -> {
            change.run();
            control.notifyListeners(SWT.Selection, new Event());
        });
    }

    @Test
    void aHeadIsSeenOnTheScreen() throws Exception {
        assertThat(Window.of(() -> canvas.message())).isEqualTo(Words.of("head.none"));
        showEggs();
        assertThat(Window.of(() -> canvas.message())).isNull();
        Window.await("the head", () -> brightness(at(Window.seen(canvas, "panel-head"), 0.5, 0.5)) > 120);
        RGB corner = at(Window.seen(canvas, "panel-head"), 0.02, 0.96);
        float[] bottom = view().backdrop().bottom();
        assertThat(corner.red).as("the backdrop").isCloseTo(Math.round(255 * bottom[0]), within(6));
    }

    @Test
    void theKeyboardDoesItAll() throws Exception {
        showEggs();
        Staging before = view();
        Window.key(canvas, SWT.ARROW_RIGHT, (char) 0, 0);
        assertThat(view().camera().azimuth()).isCloseTo(Math.toRadians(15), within(1e-6));
        Window.key(canvas, SWT.ARROW_UP, (char) 0, SWT.SHIFT);
        assertThat(view().camera().elevation()).isCloseTo(Math.toRadians(3), within(1e-6));
        Window.key(canvas, '+', '+', 0);
        assertThat(view().camera().distance()).isLessThan(before.camera().distance());
        Window.key(canvas, SWT.HOME, (char) 0, 0);
        assertThat(view().camera()).isEqualTo(before.camera());
        Window.key(canvas, SWT.PAGE_DOWN, (char) 0, 0);
        assertThat(view().shape()).isEqualTo(1);
        Window.key(canvas, SWT.PAGE_DOWN, (char) 0, 0);
        assertThat(view().shape()).as("there are two").isEqualTo(1);
        Window.key(canvas, SWT.PAGE_UP, (char) 0, 0);
        assertThat(view().shape()).isZero();
        for (DrawMode mode : DrawMode.values()) {
            char digit = (char) ('1' + mode.ordinal());
            Window.key(canvas, digit, digit, 0);
            assertThat(view().mode()).isEqualTo(mode);
        }
        Window.key(canvas, 'l', 'l', 0);
        assertThat(view().rig()).isEqualTo(LightRig.DAYLIGHT);
        Window.key(canvas, '.', '.', 0);
        assertThat(view().turn()).isCloseTo(Math.toRadians(15), within(1e-6));
        Window.key(canvas, 'p', 'p', 0);
        assertThat(Window.of(panel::isPhotoShown)).isTrue();
        double x = view().camera().x();
        Window.key(canvas, SWT.ARROW_LEFT, (char) 0, SWT.CTRL);
        assertThat(view().camera().x()).as("the head goes to the left").isGreaterThan(x);
        Staging now = view();
        Window.key(canvas, 'f', 'f', SWT.CTRL);
        assertThat(view()).as("keys of the workbench are left alone").isEqualTo(now);
    }

    @Test
    void theMouseTurnsMovesAndZooms() throws Exception {
        showEggs();
        Staging before = view();
        Window.mouse(canvas, SWT.MouseDown, 200, 200, 0);
        Window.mouse(canvas, SWT.MouseMove, 250, 200, SWT.BUTTON1);
        Window.mouse(canvas, SWT.MouseUp, 250, 200, SWT.BUTTON1);
        assertThat(view().camera().azimuth())
                .as("dragged to the right, its left side is seen")
                .isNegative();
        Staging turned = view();
        Window.mouse(canvas, SWT.MouseMove, 300, 200, 0);
        assertThat(view()).as("no button is down").isEqualTo(turned);
        Window.mouse(canvas, SWT.MouseDown, 200, 200, SWT.SHIFT);
        Window.mouse(canvas, SWT.MouseMove, 220, 200, SWT.BUTTON1 | SWT.SHIFT);
        assertThat(view().camera().x()).isNotEqualTo(before.camera().x());
        assertThat(view().camera().azimuth()).isEqualTo(turned.camera().azimuth());
        Window.in(() -> {
            var wheel = new Event();
            wheel.count = 3;
            canvas.notifyListeners(SWT.MouseVerticalWheel, wheel);
        });
        assertThat(view().camera().distance()).isLessThan(before.camera().distance());
    }

    @Test
    void theControlsSetTheViewAndFollowIt() throws Exception {
        showEggs();
        Combo modes = all(Combo.class).get(0);
        Combo rigs = all(Combo.class).get(1);
        Scale turn = all(Scale.class).get(0);
        Scale expression = all(Scale.class).get(2);
        select(modes, () -> modes.select(DrawMode.NORMALS.ordinal()));
        assertThat(view().mode()).isEqualTo(DrawMode.NORMALS);
        assertThat(Window.of(rigs::isEnabled)).as("light, where there is none").isFalse();
        select(modes, () -> modes.select(DrawMode.SHADED.ordinal()));
        select(rigs, () -> rigs.select(LightRig.RIM.ordinal()));
        select(turn, () -> turn.setSelection(180 + 45));
        assertThat(view().rig()).isEqualTo(LightRig.RIM);
        assertThat(view().turn()).isCloseTo(Math.toRadians(45), within(1e-6));
        select(expression, () -> expression.setSelection(1));
        assertThat(view().shape()).isEqualTo(1);
        Window.key(canvas, '3', '3', 0);
        assertThat(Window.of(modes::getSelectionIndex)).isEqualTo(2);
        Window.seen(panel, "panel-controls");
    }

    @Test
    void aPhotoStandsBeside() throws Exception {
        showEggs();
        assertThat(Window.of(panel::isPhotoShown)).isFalse();
        float[] red = new float[4 * 4 * 3];
        for (int i = 0; i < red.length; i += 3) {
            red[i] = 1;
        }
        Window.in(() -> panel.photo(Image.ofFloats(4, 4, 3, red)));
        assertThat(Window.of(panel::isPhotoShown)).isTrue();
        PhotoCanvas photo = all(PhotoCanvas.class).get(0);
        var pure = new RGB(255, 0, 0);
        Window.await(
                "the photo",
                () -> at(Window.seen(photo, "panel-photo"), 0.5, 0.5).equals(pure));
        Window.seen(panel, "panel-with-photo");
    }

    @Test
    void aDroppedPictureIsThePhoto() throws Exception {
        Path picture = folder.resolve("me.png");
        Image.ofFloats(2, 2, 3, new float[12]).writePng(picture);
        Window.of(() -> panel.openAny(picture)).get(20, TimeUnit.SECONDS);
        Window.await("the photo", () -> panel.isPhotoShown());
        Path text = Files.writeString(folder.resolve("notes.txt"), "no picture");
        Window.of(() -> panel.openAny(text)).get(20, TimeUnit.SECONDS);
        Window.await("the reason", () -> canvas.message().contains("notes.txt cannot be shown"));
    }

    @Test
    void whatARunPreviewsIsShownWhereItBelongs() throws Exception {
        TestHeads.eggs(8).write(folder.resolve("head.glb"));
        assertThat(panel.take("head", Artifacts.of(folder))).isTrue();
        Window.await("the head", () -> canvas.model() != null && canvas.message() == null);
        var image = Image.ofFloats(2, 2, 3, new float[12]);
        assertThat(panel.take("faces", image)).isFalse();
        assertThat(panel.take("photo", image)).isTrue();
        Window.await("the photo", () -> panel.isPhotoShown());
        Path others = Files.createDirectory(folder.resolve("others"));
        Files.writeString(others.resolve("report.json"), "{}");
        assertThat(panel.take("head", Artifacts.of(others))).isFalse();
        assertThat(panel.take("words", "text")).isFalse();
    }

    @Test
    void aFileThatIsNoHeadIsToldInItsPlace() throws Exception {
        Path broken = Files.writeString(folder.resolve("broken.glb"), "not a GLB");
        Window.of(() -> panel.open(broken)).get(20, TimeUnit.SECONDS);
        Window.await("the reason", () -> canvas.message().contains("broken.glb cannot be shown"));
        assertThat(Window.of(canvas::model)).isNull();
    }

    @Test
    void thePictureSavedIsWhatIsSeen() throws Exception {
        showEggs();
        Path png = folder.resolve("seen.png");
        Window.of(() -> panel.save(png)).get(20, TimeUnit.SECONDS);
        var picture = ImageIO.read(png.toFile());
        assertThat(picture.getWidth()).isEqualTo(2 * view().width());
        int saved = picture.getRGB(picture.getWidth() / 2, (int) (0.4 * picture.getHeight())) >> 16 & 255;
        assertThat(saved).as("the head").isGreaterThan(120);
        Window.await(
                "the same on the screen",
                () -> Math.abs(at(Window.seen(canvas, "panel-saved"), 0.5, 0.4).red - saved) <= 6);
    }

    @Test
    @Timeout(120)
    void headsThatComeFromAStageKeepTheViewAndTheWindowAnswers() throws Exception {
        showEggs();
        Window.key(canvas, SWT.ARROW_RIGHT, (char) 0, 0);
        Staging before = view();
        var stage = new Thread(() -> {
            for (int i = 0; i < 60; i++) {
                canvas.show(ShownHead.of("step " + i, TestHeads.egg(60, 0.2 * Math.sin(i))));
                sleep(25);
            }
        });
        stage.start();
        // its own processor time tells how long the window's thread keeps others waiting, whatever else the machine
        // does
        var clock = ManagementFactory.getThreadMXBean();
        long last = Window.of(clock::getCurrentThreadCpuTime);
        long longest = 0;
        int asked = 0;
        while (stage.isAlive()) {
            long now = Window.of(() -> {
                canvas.view(canvas.view());
                return clock.getCurrentThreadCpuTime();
            });
            longest = Math.max(longest, now - last);
            last = now;
            asked++;
            sleep(10);
        }
        assertThat(asked).isGreaterThan(10);
        assertThat(longest / 1_000_000)
                .as("milliseconds that the window was busy")
                .isLessThan(100L);
        Window.await(
                "the last step", () -> canvas.model().shapes().get(0).name().equals("step 59"));
        assertThat(view().camera()).isEqualTo(before.camera());
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aScreenReaderHearsWhatIsShown() throws Exception {
        assertThat(Window.of(() -> HeadSpeech.name(canvas))).isEqualTo(Words.of("head.none"));
        showEggs();
        Window.key(canvas, SWT.ARROW_RIGHT, (char) 0, 0);
        assertThat(Window.of(() -> HeadSpeech.name(canvas)))
                .contains(Words.of("mode", DrawMode.SHADED), "neutral", "15°", Words.of("rig", LightRig.STUDIO));
    }

    @Test
    void windowsThatCloseLeaveNoThreadAndNoPicture() throws Exception {
        long before = drawing();
        for (int i = 0; i < 8; i++) {
            HeadCanvas other = Window.of(() -> new HeadCanvas(shell));
            other.show(ShownHead.of("egg", TestHeads.egg(16, 0)));
            Window.of(other::description).get(20, TimeUnit.SECONDS);
            Window.in(other::dispose);
        }
        assertThat(drawing()).isEqualTo(before);
    }

    private static long drawing() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("eidolon-viewer"))
                .count();
    }

    @Test
    void theBackdropFollowsTheTheme() throws Exception {
        showEggs();
        Window.in(() -> panel.setBackground(new Color(20, 20, 20)));
        Window.in(() -> canvas.getParent().setBackground(new Color(20, 20, 20)));
        Window.in(canvas::redraw);
        Window.await("a dark backdrop", () -> canvas.view().backdrop() == Staging.Backdrop.DARK);
        Window.in(() -> canvas.getParent().setBackground(new Color(240, 240, 240)));
        Window.in(canvas::redraw);
        Window.await("a light backdrop", () -> canvas.view().backdrop() == Staging.Backdrop.LIGHT);
    }
}
