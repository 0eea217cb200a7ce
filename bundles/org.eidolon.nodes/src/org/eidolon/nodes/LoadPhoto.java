// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes;

import java.nio.file.Path;
import org.eidolon.api.Doc;
import org.eidolon.api.Node;
import org.eidolon.api.NodeType;
import org.eidolon.api.Param;
import org.eidolon.api.Run;
import org.eidolon.api.value.Image;
import org.eidolon.encoders.Photo;
import org.eidolon.encoders.PhotoFile;
import org.eidolon.nodes.internal.Faults;
import org.eidolon.nodes.internal.Photos;

/** Reads a photo. */
@NodeType(
        id = "image.photo",
        category = "Image",
        name = "Photo",
        doc = "Reads a photo (JPEG, PNG, WebP or TIFF), turned upright as its EXIF orientation says, in sRGB colours.")
public record LoadPhoto(
        @Param(
                doc = "the photo",
                widget = Param.Widget.FILE,
                accepts = {"jpg", "jpeg", "png", "webp", "tif", "tiff"},
                required = true)
        Path file)
        implements Node<LoadPhoto.Out> {

    public record Out(@Doc("the photo, upright") Image image) {}

    public LoadPhoto() {
        this(null);
    }

    @Override
    public Out run(Run run) throws Exception {
        PhotoFile read = Faults.told(() -> PhotoFile.read(file));
        read.warnings().forEach(run::warn);
        Photo photo = read.photo();
        run.record("pixels", photo.width() + "×" + photo.height());
        Image image = Photos.image(photo);
        run.preview("photo", Photos.image(photo.fitted(Photos.PREVIEW)));
        return new Out(image);
    }
}
