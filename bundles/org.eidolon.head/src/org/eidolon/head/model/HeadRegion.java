// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.model;

/**
 * What a vertex of a {@link MorphableHead} belongs to: all that code above this package may know of a model's parts. A
 * model may lack a region; left is the subject's. A polygon whose corners lie in several regions belongs to the last of
 * them.
 */
public enum HeadRegion {
    /** Skin of the face with the lids and the lips. */
    FACE,
    /** Skull, ears and neck. */
    HEAD,
    MOUTH_SOCKET,
    EYE_SOCKETS,
    /** Gums and tongue. */
    GUMS,
    TEETH,
    EYE_LEFT,
    /** Iris and pupil as a disc behind the eyeball's surface. */
    IRIS_LEFT,
    EYE_RIGHT,
    IRIS_RIGHT,
    /** The wet edge of the lower lid. */
    TEARS,
    /** Strips that soften the border between eyeball and lids. */
    EYE_BLEND,
    /** Shells before the eyeballs that darken them under the lids. */
    EYE_OCCLUSION,
    LASHES;

    /** The region's name in files. */
    String id() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
