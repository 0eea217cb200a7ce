// SPDX-License-Identifier: EPL-2.0
/** Differentiable rendering: cameras, visibility, rasterising, shading, light. */
package org.eidolon.render;
