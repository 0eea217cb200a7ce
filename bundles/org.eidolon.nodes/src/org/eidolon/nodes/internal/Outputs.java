// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes.internal;

import java.io.IOException;
import java.nio.file.Path;
import org.eidolon.api.NodeException;
import org.eidolon.api.Run;
import org.eidolon.api.value.Artifacts;
import org.eidolon.api.value.Image;
import org.eidolon.picture.Sheet;

/** Files that nodes hand to the user. */
public final class Outputs {
    private Outputs() {}

    /** A sheet as a PNG file and as the node's preview. */
    public static Artifacts picture(Run run, Sheet sheet, String file) throws IOException {
        Image image = Image.of(sheet.image());
        run.preview(file, image);
        Path folder = run.scratch();
        image.writePng(folder.resolve(fileName(file)));
        return Artifacts.of(folder);
    }

    /**
     * Refuses a name for a file of the out folder that would lead out of it, or that says another kind of file.
     *
     * @param ending with its dot
     */
    public static void checkFileName(String name, String ending) {
        fileName(name);
        if (!name.endsWith(ending) || name.length() == ending.length()) {
            int dot = name.lastIndexOf('.');
            throw new NodeException(
                    "'" + name + "' does not end in " + ending + ", which is what is written",
                    "Call it " + (dot > 0 ? name.substring(0, dot) : name) + ending);
        }
    }

    /** A file name that stays in the out folder. */
    private static String fileName(String name) {
        if (name == null || !name.matches("[\\p{L}\\p{N}_][\\p{L}\\p{N} ._-]{0,120}")) {
            throw new NodeException(
                    "'" + name + "' is no file name", "Use letters, digits, dashes and dots; folders come by --out");
        }
        return name;
    }
}
