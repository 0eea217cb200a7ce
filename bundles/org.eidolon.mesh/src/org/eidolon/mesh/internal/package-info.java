// SPDX-License-Identifier: EPL-2.0
/** The algorithms behind the texture atlas and the geometry that they share. */
package org.eidolon.mesh.internal;
