// SPDX-License-Identifier: EPL-2.0
package org.eidolon.encoders;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.io.IOException;
import java.util.Iterator;
import java.util.function.Supplier;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;

/** Decoders of the kinds of photo files. */
final class PhotoDecoders {
    private PhotoDecoders() {}

    static ImageReader open(PhotoKind kind) {
        try {
            return switch (kind) {
                case JPEG -> jpeg().createReaderInstance();
                case WEBP ->
                    registered(WebPImageReaderSpi.class, WebPImageReaderSpi::new)
                            .createReaderInstance();
                case TIFF -> {
                    jpeg(); // a TIFF file may hold JPEG
                    yield registered(TIFFImageReaderSpi.class, TIFFImageReaderSpi::new)
                            .createReaderInstance();
                }
                case PNG -> png();
            };
        } catch (IOException e) {
            throw new PhotoException("the " + kind.label() + " decoder cannot start: " + e.getMessage(), e);
        }
    }

    private static JPEGImageReaderSpi jpeg() {
        return registered(JPEGImageReaderSpi.class, JPEGImageReaderSpi::new);
    }

    /**
     * Services are not found across bundles, so readers are registered by hand; they must be in the registry, where they
     * look for the platform's decoders that they build on.
     */
    private static synchronized <T extends ImageReaderSpi> T registered(Class<T> type, Supplier<T> create) {
        T spi = IIORegistry.getDefaultInstance().getServiceProviderByClass(type);
        if (spi == null) {
            spi = create.get();
            IIORegistry.getDefaultInstance().registerServiceProvider(spi);
        }
        return spi;
    }

    private static ImageReader png() {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("png");
        if (!readers.hasNext()) {
            throw new PhotoException("this Java has no PNG decoder: use a full Java runtime");
        }
        return readers.next();
    }
}
