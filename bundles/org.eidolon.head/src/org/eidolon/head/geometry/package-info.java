// SPDX-License-Identifier: EPL-2.0
/** The first stage: moves a surface until a prior of normals finds it likely. */
package org.eidolon.head.geometry;
