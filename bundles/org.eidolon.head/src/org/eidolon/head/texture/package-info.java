// SPDX-License-Identifier: EPL-2.0
/** The second stage: finds the albedo of a surface, and bakes it into textures. */
package org.eidolon.head.texture;
