// SPDX-License-Identifier: EPL-2.0
/** The geometry stage: it moves a surface, step by step, until a prior finds its normals likely for the person. */
package org.eidolon.head.geometry;
