// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Platform;
import org.eclipse.draw2d.geometry.Point;
import org.eclipse.draw2d.geometry.Rectangle;
import org.eclipse.gef.GraphicalEditPart;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.ImageLoader;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.handlers.IHandlerService;
import org.eidolon.api.NodeLibrary;
import org.eidolon.engine.worker.Worker;
import org.eidolon.graph.GraphWriter;
import org.eidolon.graph.model.GraphNode;
import org.eidolon.studio.editor.base.Messages;
import org.eidolon.studio.editor.document.GraphFileInput;
import org.eidolon.studio.editor.edit.Port;
import org.eidolon.studio.editor.extend.ParameterFigure;
import org.eidolon.studio.editor.figures.NodeFigure;
import org.eidolon.studio.editor.parts.NodePart;
import org.eidolon.studio.editor.parts.PortPart;
import org.eidolon.testing.ChildCommand;
import org.eidolon.testing.Elsewhere;
import org.osgi.framework.FrameworkUtil;

/** The open editor as a user has it before them: presses, drags, keys, and what is to be seen. */
final class Desk implements AutoCloseable {
    static {
        var bundles = FrameworkUtil.getBundle(Desk.class).getBundleContext();
        bundles.registerService(NodeLibrary.class, new TestNodes(), null);
        bundles.registerService(Worker.class, ChildCommand.with(new TestNodes()).worker(), null);
    }

    private static final List<IStatus> COMPLAINTS = new CopyOnWriteArrayList<>();

    static {
        // what goes wrong in the window's own thread ends in the log, where no test would see it
        Platform.addLogListener((status, plugin) -> {
            if (status.getSeverity() == IStatus.ERROR) {
                COMPLAINTS.add(status);
            }
        });
    }

    private final GraphEditor editor;

    private Desk(GraphEditor editor) {
        this.editor = editor;
    }

    static Desk open(Path folder, String graph) throws IOException {
        Path file = Files.writeString(folder.resolve("test.eidolon"), graph);
        Desk desk = new Desk(ui(() -> (GraphEditor) page().openEditor(new GraphFileInput(file), GraphEditor.ID)));
        desk.settle();
        return desk;
    }

    static IWorkbenchPage page() {
        return PlatformUI.getWorkbench().getWorkbenchWindows()[0].getActivePage();
    }

    static Display display() {
        return PlatformUI.getWorkbench().getDisplay();
    }

    static <T> T ui(Callable<T> work) {
        return Elsewhere.call(display()::syncExec, work);
    }

    static void uiDo(Runnable work) {
        ui(() -> {
            work.run();
            return null;
        });
    }

    /** Lets everything happen that is waiting to. */
    void settle() {
        for (int i = 0; i < 3; i++) {
            dispatch();
            uiDo(() -> editor.host().viewer().flush());
        }
    }

    /** Has the window take what has come. */
    static void dispatch() {
        uiDo(() -> {
            // on a busy machine a run brings more to show before the last is painted: without an end to it, this
            // would last as long as the run
            long end = System.nanoTime() + 1_000_000_000L;
            while (display().readAndDispatch() && System.nanoTime() < end) {}
        });
    }

    static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + 60_000_000_000L;
        while (System.nanoTime() < end) {
            if (ui(condition::getAsBoolean)) {
                return;
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        throw new AssertionError("it did not come about: " + what);
    }

    GraphEditor editor() {
        return editor;
    }

    String text() {
        return ui(() -> GraphWriter.write(editor.document().graph()));
    }

    GraphNode node(String id) {
        return ui(() -> (GraphNode) editor.document().index().element(id));
    }

    Control canvas() {
        return editor.host().viewer().getControl();
    }

    /** A point of a part in the coordinates of the window. */
    private Point at(GraphicalEditPart part, int dx, int dy) {
        Rectangle box = part.getFigure().getBounds().getCopy();
        Point point = new Point(box.x + dx, box.y + dy);
        part.getFigure().translateToAbsolute(point);
        return point;
    }

    /** A point where nothing lies. */
    Point corner() {
        return ui(() -> {
            var size = canvas().getSize();
            return new Point(size.x - 12, size.y - 12);
        });
    }

    /** The title of a node. */
    Point title(String id) {
        return ui(() -> at(editor.host().part(editor.document().index().element(id)), 60, 14));
    }

    /** The middle of the dot of a port. */
    Point port(String id, String name, boolean output) {
        return ui(() -> {
            for (Port port : editor.document()
                    .ports((GraphNode) editor.document().index().element(id))) {
                if (port.name().equals(name) && port.isOutput() == output) {
                    var part = (PortPart) editor.host().part(port);
                    Point dot = part.dot().dot().getCopy();
                    part.dot().translateToAbsolute(dot);
                    return dot;
                }
            }
            throw new AssertionError(id + " has no port " + name);
        });
    }

    /** The middle of a parameter's widget; 1 is its right edge. */
    Point widget(String id, String name, double across) {
        return ui(() -> {
            var part = (NodePart) editor.host().part(editor.document().index().element(id));
            for (var row : ((NodeFigure) part.getFigure()).parameters()) {
                if (((ParameterFigure) row).name().equals(name)) {
                    Rectangle box = row.getBounds().getCopy();
                    Point point = new Point(box.x + (int) (box.width * across), box.y + box.height / 2);
                    row.translateToAbsolute(point);
                    return point;
                }
            }
            throw new AssertionError(id + " has no parameter " + name);
        });
    }

    void mouse(int type, Point at, int count, int mask) {
        mouse(type, at, type == SWT.MouseMove ? 0 : 1, count, mask);
    }

    void press(int button, Point at) {
        mouse(SWT.MouseMove, at, 0, 0);
        mouse(SWT.MouseDown, at, button, 1, 0);
    }

    void release(int button, Point at) {
        mouse(SWT.MouseUp, at, button, 1, button == 1 ? SWT.BUTTON1 : SWT.BUTTON3);
    }

    private void mouse(int type, Point at, int button, int count, int mask) {
        uiDo(() -> {
            var event = new Event();
            event.type = type;
            event.x = at.x;
            event.y = at.y;
            event.button = button;
            event.count = count;
            event.stateMask = mask;
            event.time = (int) (System.nanoTime() / 1_000_000);
            canvas().notifyListeners(type, event);
        });
    }

    void click(Point at) {
        mouse(SWT.MouseMove, at, 0, 0);
        mouse(SWT.MouseDown, at, 1, 0);
        mouse(SWT.MouseUp, at, 1, SWT.BUTTON1);
        settle();
    }

    void doubleClick(Point at) {
        click(at);
        mouse(SWT.MouseDown, at, 2, 0);
        mouse(SWT.MouseDoubleClick, at, 2, SWT.BUTTON1);
        mouse(SWT.MouseUp, at, 2, SWT.BUTTON1);
        settle();
    }

    /** Presses and moves, and leaves the button down. */
    void dragTo(Point from, Point to) {
        mouse(SWT.MouseMove, from, 0, 0);
        mouse(SWT.MouseDown, from, 1, 0);
        for (int i = 1; i <= 6; i++) {
            Point on = new Point(from.x + (to.x - from.x) * i / 6, from.y + (to.y - from.y) * i / 6);
            mouse(SWT.MouseMove, on, 0, SWT.BUTTON1);
        }
        settle();
    }

    void drag(Point from, Point to) {
        dragTo(from, to);
        mouse(SWT.MouseUp, to, 1, SWT.BUTTON1);
        settle();
    }

    void command(String id) {
        ui(() -> {
            page().activate(editor);
            return PlatformUI.getWorkbench().getService(IHandlerService.class).executeCommand(id, null);
        });
        settle();
    }

    /** Runs a command that asks something first: answers in the dialog that it opens, of the title. */
    void command(String id, String title, Consumer<Shell> answer) {
        display().asyncExec(() -> {
            try {
                page().activate(editor);
                PlatformUI.getWorkbench().getService(IHandlerService.class).executeCommand(id, null);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        await("the dialog " + title, () -> shell(title) != null);
        uiDo(() -> answer.accept(shell(title)));
        settle();
    }

    /** The open window of a title, or null. */
    static Shell shell(String title) {
        return Arrays.stream(display().getShells())
                .filter(shell -> shell.isVisible() && shell.getText().equals(title))
                .findFirst()
                .orElse(null);
    }

    /** All controls of a kind in a window or a part of it, as they are reached by Tab. */
    static <T extends Control> List<T> all(Control in, Class<T> kind) {
        var found = new ArrayList<T>();
        if (kind.isInstance(in)) {
            found.add(kind.cast(in));
        }
        if (in instanceof Composite composite) {
            Arrays.stream(composite.getChildren()).forEach(child -> found.addAll(all(child, kind)));
        }
        return found;
    }

    static void press(Shell shell, String button) {
        Button found = all(shell, Button.class).stream()
                .filter(b -> b.getText().replace("&", "").equals(button))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no button " + button));
        assertThat(found.isEnabled()).as(button).isTrue();
        found.notifyListeners(SWT.Selection, new Event());
    }

    void select(String... ids) {
        uiDo(() -> editor.reveal(Arrays.stream(ids)
                .map(id -> editor.document().index().element(id))
                .toList()));
        settle();
    }

    /** The field over the canvas in which something is typed. */
    void typeInField(String text) {
        uiDo(() -> {
            Text field = (Text) Arrays.stream(((Composite) canvas()).getChildren())
                    .filter(Text.class::isInstance)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("there is no field"));
            field.setText(text);
            var enter = new Event();
            enter.type = SWT.Traverse;
            enter.detail = SWT.TRAVERSE_RETURN;
            enter.stateMask = SWT.MOD1;
            field.notifyListeners(SWT.Traverse, enter);
        });
        settle();
    }

    /** The search that has popped up. */
    static Shell search() {
        return ui(() -> Arrays.stream(display().getShells())
                .filter(shell -> shell.getText().equals(Messages.search_title))
                .findFirst()
                .orElse(null));
    }

    void searchFor(String words) {
        uiDo(() -> {
            var field = (Text) search().getChildren()[0];
            field.setText(words);
            field.notifyListeners(SWT.DefaultSelection, new Event());
        });
        settle();
    }

    /** Keeps a picture of the window for people to look at. */
    void picture(String name) throws IOException {
        picture(name, ui(() -> page().getWorkbenchWindow().getShell()));
    }

    void picture(String name, Shell shell) throws IOException {
        try {
            Thread.sleep(200); // GTK paints at its own beat
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        settle();
        Path folder = Files.createDirectories(Path.of(System.getProperty("eidolon.pictures")));
        File file = folder.resolve(name + ".png").toFile();
        uiDo(() -> {
            var bounds = shell.getClientArea();
            var image = new Image(display(), bounds.width, bounds.height);
            var gc = new GC(shell);
            gc.copyArea(image, 0, 0);
            gc.dispose();
            var loader = new ImageLoader();
            loader.data = new ImageData[] {image.getImageData()};
            loader.save(file.toString(), SWT.IMAGE_PNG);
            image.dispose();
        });
        assertThat(file).isNotEmpty();
    }

    @Override
    public void close() {
        uiDo(() -> {
            Shell open = search();
            if (open != null) {
                open.close();
            }
            page().closeEditor(editor, false);
        });
        List<IStatus> complaints = List.copyOf(COMPLAINTS);
        COMPLAINTS.clear();
        assertThat(complaints)
                .as("the log")
                .allSatisfy(status -> assertThat(status.getException()).isNull());
    }
}
