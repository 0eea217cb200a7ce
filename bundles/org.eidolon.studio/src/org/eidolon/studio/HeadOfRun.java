// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.eclipse.core.runtime.ILog;
import org.eclipse.swt.widgets.Display;
import org.eidolon.api.NodeDescriptor;
import org.eidolon.api.value.Artifacts;
import org.eidolon.api.value.Image;
import org.eidolon.api.value.Values;
import org.eidolon.engine.Cache;
import org.eidolon.engine.NodeTypes;
import org.eidolon.engine.RunEvent;
import org.eidolon.studio.editor.GraphEditor;
import org.eidolon.studio.editor.run.Runs;
import org.eidolon.studio.viewer.HeadPanel;

/** What the runs of one editor have of a head: the newest file of it, and the photo it is made from. */
final class HeadOfRun implements Runs.Listener {
    /** What nodes call the preview of a photo that they read. */
    private static final String PHOTO = "photo";

    private final GraphEditor editor;
    private final HeadShow show;
    private final Display display = Display.getCurrent();
    private Path file;
    private Image photo;
    private boolean first;

    /** @param show told on the user interface's thread what has come */
    HeadOfRun(GraphEditor editor, HeadShow show) {
        this.editor = editor;
        this.show = show;
        editor.runs().onChange(this);
    }

    GraphEditor editor() {
        return editor;
    }

    void stop() {
        editor.runs().noMore(this);
    }

    /** Files of a head that takes shape last no longer than its run. */
    boolean isThere() {
        return file != null && Files.exists(file);
    }

    /** Whether this is the first head of a run. */
    boolean isFirst() {
        return first;
    }

    Image photo() {
        return photo;
    }

    void showIn(HeadPanel panel) {
        first = false;
        if (photo != null) {
            panel.photo(photo);
        }
        panel.open(file);
    }

    @Override
    public void nodes(List<String> ids) {
        // what nodes show of themselves is on the canvas
    }

    @Override
    public void runs() {
        // a run that waits has nothing to show
    }

    @Override
    public void event(RunEvent event) {
        switch (event) {
            case RunEvent.Planned planned -> first = true;
            case RunEvent.Preview preview when preview.value() instanceof Artifacts files -> head(files);
            case RunEvent.Preview preview
            when preview.value() instanceof Image picture -> {
                if (preview.name().equals(PHOTO)) {
                    photo(picture);
                }
            }
            case RunEvent.Finished finished -> look(finished.key(), false);
            case RunEvent.Cached cached -> look(cached.key(), true);
            default -> {
                // the rest is told on the canvas
            }
        }
    }

    private void photo(Image picture) {
        photo = picture;
        show.photoCame(this);
    }

    private void head(Artifacts files) {
        // beside the head there may be a folder with one file for each expression
        files.names().stream()
                .filter(name -> name.toLowerCase(Locale.ROOT).endsWith(".glb") && !name.contains("/"))
                .findFirst()
                .ifPresent(name -> {
                    file = files.folder().resolve(name);
                    show.headCame(this);
                });
    }

    /**
     * Looks, in another thread, whether a result is the files of a head.
     *
     * @param silent whether its node did not run, so that a photo among what it made has not been shown
     */
    private void look(String key, boolean silent) {
        Cache cache = editor.runs().cache();
        NodeTypes types = editor.document().engines().types();
        CompletableFuture.runAsync(() -> cache.find(key).ifPresent(entry -> {
            NodeDescriptor type = types.find(String.valueOf(entry.manifest().get("type")))
                    .map(NodeTypes.Registered::type)
                    .orElse(null);
            try {
                for (NodeDescriptor.Output output : type == null ? List.<NodeDescriptor.Output>of() : type.outputs()) {
                    if (output.type() == Artifacts.class) {
                        Artifacts files = cache.load(entry, output.name(), Values.ARTIFACTS);
                        later(() -> head(files));
                    } else if (silent && output.type() == Image.class && readsPictures(type)) {
                        Image picture = cache.load(entry, output.name(), Values.IMAGE);
                        later(() -> photo(picture));
                    }
                }
            } catch (IOException | RuntimeException e) {
                ILog.of(HeadOfRun.class).warn("the result of a node cannot be shown", e);
            }
        }));
    }

    private static boolean readsPictures(NodeDescriptor type) {
        return type.parameters().stream()
                .anyMatch(parameter -> parameter.isFile() && parameter.accepts().contains("jpg"));
    }

    private void later(Runnable work) {
        if (!display.isDisposed()) {
            display.asyncExec(work);
        }
    }
}
