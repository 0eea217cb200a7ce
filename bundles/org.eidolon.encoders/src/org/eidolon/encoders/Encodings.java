// SPDX-License-Identifier: EPL-2.0
package org.eidolon.encoders;

/**
 * What the identity encoder makes of many crops, packed for training.
 *
 * @param count number of crops
 * @param embeddings (count, 192), each of unit length
 * @param features (count, 49, 128)
 * @param colours (count, 14, 14, 3), as {@link Encoding} has them
 */
public record Encodings(int count, float[] embeddings, float[] features, float[] colours) {}
