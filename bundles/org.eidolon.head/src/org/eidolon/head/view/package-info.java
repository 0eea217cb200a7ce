// SPDX-License-Identifier: EPL-2.0
/** Framings, cameras and lights, and the code by which a prior is told them. */
package org.eidolon.head.view;
