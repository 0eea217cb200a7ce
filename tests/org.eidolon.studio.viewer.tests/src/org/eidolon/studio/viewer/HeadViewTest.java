// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.concurrent.TimeUnit;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.XMLMemento;
import org.eidolon.studio.viewer.scene.DrawMode;
import org.eidolon.studio.viewer.scene.LightRig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The view in the real workbench. */
class HeadViewTest {
    @TempDir
    Path folder;

    private static IWorkbenchPage page() {
        return PlatformUI.getWorkbench().getActiveWorkbenchWindow().getActivePage();
    }

    @Test
    void itOpensShowsAHeadAndRemembersHowItWasSeen() throws Exception {
        var view = (HeadView) Window.of(() -> page().showView(HeadView.ID));
        try {
            assertThat(Window.of(view::getTitle))
                    .isEqualTo(ResourceBundle.getBundle("plugin", Locale.getDefault(), HeadView.class.getClassLoader())
                            .getString("view.head"));
            Path glb = folder.resolve("eggs.glb");
            TestHeads.eggs(16).write(glb);
            Window.of(() -> view.panel().open(glb)).get(20, TimeUnit.SECONDS);
            HeadCanvas canvas = view.panel().canvas();
            Window.await("the head", () -> canvas.model() != null);
            assertThat(Window.of(() -> canvas.description()).get(20, TimeUnit.SECONDS))
                    .contains("OpenGL");
            Window.key(canvas, '3', '3', 0);
            Window.key(canvas, 'l', 'l', 0);
            var memento = XMLMemento.createWriteRoot("view");
            Window.in(() -> view.saveState(memento));
            assertThat(memento.getString("mode")).isEqualTo(DrawMode.NORMALS.name());
            assertThat(memento.getString("rig")).isEqualTo(LightRig.DAYLIGHT.name());

            Window.in(() -> page().hideView(view));
            assertThat(Window.of(canvas::isDisposed)).isTrue();
            var again = (HeadView) Window.of(() -> page().showView(HeadView.ID));
            assertThat(again.panel().canvas()).isNotSameAs(canvas);
            assertThat(Window.of(() -> again.panel().canvas().view().mode())).isEqualTo(DrawMode.NORMALS);
            assertThat(Window.of(() -> again.panel().canvas().view().rig())).isEqualTo(LightRig.DAYLIGHT);
        } finally {
            Window.in(() -> page().hideView(page().findView(HeadView.ID)));
        }
    }
}
