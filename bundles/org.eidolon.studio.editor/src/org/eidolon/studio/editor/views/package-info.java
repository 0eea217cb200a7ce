// SPDX-License-Identifier: EPL-2.0
/** Views beside the canvas: properties, outline, problems, runs and sweeps. */
package org.eidolon.studio.editor.views;
