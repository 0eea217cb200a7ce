// SPDX-License-Identifier: EPL-2.0
/** What is drawn, as plain values: a head, a camera, light, the mode. */
package org.eidolon.studio.viewer.scene;
