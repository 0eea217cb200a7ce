// SPDX-License-Identifier: EPL-2.0
package org.eidolon.encoders;

import java.util.List;

/**
 * A photo's chosen face.
 *
 * @param face where it is, in pixels of the photo as given
 * @param aligned its 112×112 crop, upright
 * @param facesFound how many faces the photo shows
 * @param sharpness as {@link Sharpness} measures it on the crop
 * @param quality how much of a face the identity encoder sees in the crop, 0 to 1
 * @param turned degrees by which the photo must be turned clockwise to be upright: 0, 90, 180 or 270
 * @param warnings what makes the likeness doubtful, in sentences for the user
 */
public record Portrait(
        Face face, Photo aligned, int facesFound, double sharpness, double quality, int turned, List<String> warnings) {
    public Portrait {
        warnings = List.copyOf(warnings);
    }
}
