// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.viewer.scene;

/** What of a head is shown. */
public enum DrawMode {
    /** Albedo under light: metallic-roughness with image-based light and lamps. */
    SHADED,
    /** The texture as it is, without light. */
    ALBEDO,
    /** Normals in camera space as colours, (n + 1) / 2. */
    NORMALS,
    /** Edges of the triangles that face the camera. */
    WIREFRAME,
    /** Texture coordinates on the surface: u as red, v as green, in squares. */
    UV,
    /** The texture, flat, with the triangles laid over it. */
    ATLAS
}
