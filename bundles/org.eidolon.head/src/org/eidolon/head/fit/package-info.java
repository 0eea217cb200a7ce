// SPDX-License-Identifier: EPL-2.0
/**
 * Fits the head model to a photo: the pose and the shape from landmarks, then the light, the skin and a texture from
 * the colours.
 */
package org.eidolon.head.fit;
