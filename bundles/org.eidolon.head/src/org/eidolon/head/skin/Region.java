// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.skin;

/** Layers of paint in the order in which they are laid on; each later one covers the earlier ones by its mask. */
public enum Region {
    MOTTLE,
    FRECKLES,
    FLUSH,
    EYE_SHADOW,
    LIPS,
    STUBBLE,
    CROPPED_HAIR,
    RECEDING_HAIR,
    FULL_HAIR,
    BROWS,
    MOUTH,
    GUMS,
    TEETH,
    SCLERA,
    IRIS,
    LIMBUS,
    PUPIL
}
