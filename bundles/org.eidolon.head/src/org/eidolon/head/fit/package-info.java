// SPDX-License-Identifier: EPL-2.0
/**
 * Fits the head model to photos: camera, shape, expression, light and colours, and lays the photos into its texture.
 */
package org.eidolon.head.fit;
