// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.run;

import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.eidolon.api.PrivateFiles;
import org.eidolon.api.value.Image;

/**
 * The last picture that a node showed while it made a result, kept beside the cache under the result's key: when the
 * cache answers another day, the node still has something to show. May be deleted at any time.
 */
record PreviewStore(Path folder) {
    /** Twice what a node shows, for displays with two pixels a point. */
    private static final int WIDEST = 480;

    static PreviewStore beside(Path cache) {
        return new PreviewStore(cache.resolve("previews"));
    }

    private Path file(String key) {
        return folder.resolve(key + ".png");
    }

    Optional<Image> find(String key) {
        try {
            return Files.exists(file(key)) ? Optional.of(Image.readPicture(file(key))) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    void keep(String key, Image picture) {
        try {
            PrivateFiles.createFolders(folder);
            Path beside = Files.createTempFile(folder, key, ".part");
            small(picture).writePng(beside);
            PrivateFiles.protect(beside); // the writer makes the file anew
            Files.move(beside, file(key), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            // a full disk costs the picture, not the result
        }
    }

    private static Image small(Image picture) {
        double factor = WIDEST / (double) Math.max(picture.width(), picture.height());
        if (factor >= 1) {
            return picture;
        }
        int width = Math.max(1, (int) (picture.width() * factor));
        int height = Math.max(1, (int) (picture.height() * factor));
        var small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var g = small.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        g.drawImage(picture.toBufferedImage(), 0, 0, width, height, null);
        g.dispose();
        return Image.of(small);
    }
}
