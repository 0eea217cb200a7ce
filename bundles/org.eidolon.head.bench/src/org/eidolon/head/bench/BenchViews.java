// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.bench;

import java.util.List;
import java.util.stream.IntStream;
import org.eidolon.head.view.Framing;
import org.eidolon.head.view.View;

/** Where the benchmark looks from; fixed, so that figures can be compared. */
final class BenchViews {
    /** The whole head from eight sides, every 45 degrees, 5 degrees above. */
    static final List<View> WHOLE =
            IntStream.range(0, 8).mapToObj(i -> view(Framing.WHOLE, 45 * i, 5)).toList();

    /** The face from eight directions up to 52.5 degrees to either side, 7 degrees above and 4 below in turn. */
    static final List<View> FACE = IntStream.range(0, 8)
            .mapToObj(i -> view(Framing.FACE, -52.5 + 15 * i, i % 2 == 0 ? 7 : -4))
            .toList();

    /** By which a head is found in a gallery. */
    static final List<View> GALLERY = List.of(
            view(Framing.FACE, -30, 0),
            view(Framing.FACE, 0, 0),
            view(Framing.FACE, 30, 0),
            view(Framing.WHOLE, -60, 0),
            view(Framing.WHOLE, 0, 0),
            view(Framing.WHOLE, 60, 0));

    /** By which expressions are told apart: the face from the front and from both sides. */
    static final List<View> WORDS =
            List.of(view(Framing.FACE, -35, 0), view(Framing.FACE, 0, 0), view(Framing.FACE, 35, 0));

    /** What contact sheets show. */
    static final List<View> SHEET = List.of(view(Framing.FACE, 0, 0), view(Framing.WHOLE, 40, 6));

    private BenchViews() {}

    private static View view(Framing framing, double azimuth, double elevation) {
        double turned = azimuth > 180 ? azimuth - 360 : azimuth;
        return new View(framing, Math.toRadians(turned), Math.toRadians(elevation));
    }
}
