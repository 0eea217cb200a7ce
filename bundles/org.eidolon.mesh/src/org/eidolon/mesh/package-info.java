// SPDX-License-Identifier: EPL-2.0
/** Triangle meshes: surfaces from lattices, texture coordinates, simplification, measures, glTF and OBJ. */
package org.eidolon.mesh;
