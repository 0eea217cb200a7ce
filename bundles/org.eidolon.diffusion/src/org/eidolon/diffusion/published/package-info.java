// SPDX-License-Identifier: EPL-2.0
/** Weights that others published, as their files and configurations name them. */
package org.eidolon.diffusion.published;
