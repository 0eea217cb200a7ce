// SPDX-License-Identifier: EPL-2.0
package org.eidolon.encoders;

/** What the numbers of a picture mean: brings them to sRGB. */
interface Colour {
    /** Largest sample. */
    int MOST = 65_535;

    /** Samples that are sRGB already. */
    Colour SRGB = (samples, pixels) -> {};

    /**
     * Changes samples in place.
     *
     * @param samples red, green, blue of each pixel, 0 to {@link #MOST}; three equal ones for grey
     * @param pixels how many, from the start of the array
     */
    void toSrgb(int[] samples, int pixels);
}
