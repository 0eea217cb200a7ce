// SPDX-License-Identifier: EPL-2.0
package org.eidolon.encoders;

/**
 * A photo's chosen face.
 *
 * @param face where it is
 * @param aligned its 112×112 crop
 * @param facesFound how many faces the photo shows
 * @param sharpness as {@link Sharpness} measures it on the crop
 */
public record Portrait(Face face, Photo aligned, int facesFound, double sharpness) {}
