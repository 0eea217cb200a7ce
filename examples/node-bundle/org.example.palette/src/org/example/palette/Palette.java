// SPDX-License-Identifier: EPL-2.0
package org.example.palette;

/**
 * The main colours of a picture, the most frequent first.
 *
 * @param colours as 0xrrggbb
 * @param shares of the picture's pixels, which add up to 1
 */
public record Palette(int[] colours, double[] shares) {}
