// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio;

import java.nio.file.Path;
import java.util.List;
import org.eidolon.studio.pictures.Screenshots;

/** The studio that shows itself for the documentation, takes its own pictures and ends. */
final class PicturesAdvisor extends StudioAdvisor {
    private final Path graph;
    private final Path folder;
    private final String theme;
    private final List<String> names;
    private Throwable problem;

    /** @param wanted folder, theme and names of pictures: {@code FOLDER,THEME,NAME+NAME…} */
    PicturesAdvisor(Path graph, StateFolder state, String wanted) {
        super(List.of(), state);
        this.graph = graph;
        int second = wanted.lastIndexOf(',');
        int first = wanted.lastIndexOf(',', second - 1);
        folder = Path.of(wanted.substring(0, first));
        theme = wanted.substring(first + 1, second);
        names = List.of(wanted.substring(second + 1).split("\\+"));
    }

    @Override
    void begun() {
        new Screenshots(graph, folder).take(names, theme, thrown -> {
            problem = thrown;
            Screenshots.end();
        });
    }

    /** What went wrong, or null. */
    Throwable problem() {
        return problem;
    }
}
