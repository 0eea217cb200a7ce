// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.viewer;

import org.eclipse.swt.accessibility.ACC;
import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleControlAdapter;
import org.eclipse.swt.accessibility.AccessibleControlEvent;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eidolon.studio.viewer.scene.Staging;

/** What a screen reader hears of a head: what is shown, from where, and which keys there are. */
final class HeadSpeech {
    private HeadSpeech() {}

    static void of(HeadCanvas canvas) {
        var accessible = canvas.getAccessible();
        accessible.addAccessibleListener(new AccessibleAdapter() {
            @Override
            public void getName(AccessibleEvent event) {
                event.result = name(canvas);
            }

            @Override
            public void getDescription(AccessibleEvent event) {
                event.result = Words.of("head.keys");
            }
        });
        accessible.addAccessibleControlListener(new AccessibleControlAdapter() {
            @Override
            public void getRole(AccessibleControlEvent event) {
                event.detail = ACC.ROLE_CANVAS;
            }
        });
        canvas.onChange(() -> accessible.sendEvent(ACC.EVENT_NAME_CHANGED, null));
    }

    static String name(HeadCanvas canvas) {
        if (canvas.message() != null) {
            return canvas.message();
        }
        Staging view = canvas.view();
        return Words.of(
                "head.state",
                Words.of("mode", view.mode()),
                canvas.model().shapes().get(view.shape()).name(),
                Words.of("rig", view.rig()),
                Math.round(Math.toDegrees(view.camera().azimuth())),
                Math.round(Math.toDegrees(view.camera().elevation())));
    }
}
