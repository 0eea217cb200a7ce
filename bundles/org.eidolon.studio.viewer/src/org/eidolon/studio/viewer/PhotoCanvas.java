// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.viewer;

import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.ACC;
import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleControlAdapter;
import org.eclipse.swt.accessibility.AccessibleControlEvent;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.PaletteData;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eidolon.api.value.Image;

/** Shows a picture, such as the photo that a head was made from, whole. */
public final class PhotoCanvas extends Canvas {
    private static final PaletteData RGB = new PaletteData(0xff0000, 0xff00, 0xff);

    private org.eclipse.swt.graphics.Image picture;

    public PhotoCanvas(Composite parent) {
        super(parent, SWT.DOUBLE_BUFFERED);
        addListener(SWT.Paint, event -> paint(event.gc));
        addListener(SWT.Dispose, event -> clear());
        getAccessible().addAccessibleListener(new AccessibleAdapter() {
            @Override
            public void getName(AccessibleEvent event) {
                event.result = Words.of(picture == null ? "photo.none" : "photo.name");
            }
        });
        getAccessible().addAccessibleControlListener(new AccessibleControlAdapter() {
            @Override
            public void getRole(AccessibleControlEvent event) {
                event.detail = ACC.ROLE_GRAPHIC;
            }
        });
    }

    public void show(Image photo) {
        clear();
        picture = new org.eclipse.swt.graphics.Image(getDisplay(), data(photo));
        redraw();
    }

    boolean isEmpty() {
        return picture == null;
    }

    private void clear() {
        if (picture != null) {
            picture.dispose();
            picture = null;
        }
    }

    private static ImageData data(Image photo) {
        int pixels = photo.width() * photo.height();
        int channels = photo.channels();
        byte[] samples = photo.toBytes();
        byte[] rgb = new byte[3 * pixels];
        for (int i = 0; i < pixels; i++) {
            for (int c = 0; c < 3; c++) {
                rgb[3 * i + c] = samples[channels * i + (channels >= 3 ? c : 0)];
            }
        }
        return new ImageData(photo.width(), photo.height(), 24, RGB, 3 * photo.width(), rgb);
    }

    private void paint(GC gc) {
        Rectangle area = getClientArea();
        gc.fillRectangle(area);
        if (picture == null) {
            String text = Words.of("photo.none");
            Point extent = gc.textExtent(text);
            gc.drawText(text, (area.width - extent.x) / 2, (area.height - extent.y) / 2, true);
            return;
        }
        Rectangle size = picture.getBounds();
        double scale = Math.min((double) area.width / size.width, (double) area.height / size.height);
        int width = Math.max(1, (int) (size.width * scale));
        int height = Math.max(1, (int) (size.height * scale));
        gc.setInterpolation(SWT.HIGH);
        gc.drawImage(
                picture,
                0,
                0,
                size.width,
                size.height,
                (area.width - width) / 2,
                (area.height - height) / 2,
                width,
                height);
    }
}
