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

    /** A file name that stays in the out folder. */
    public static String fileName(String name) {
        if (name == null || !name.matches("[\\p{L}\\p{N}_][\\p{L}\\p{N} ._-]{0,120}")) {
            throw new NodeException(
                    "'" + name + "' is no file name", "Use letters, digits, dashes and dots; folders come by --out");
        }
        return name;
    }
}
