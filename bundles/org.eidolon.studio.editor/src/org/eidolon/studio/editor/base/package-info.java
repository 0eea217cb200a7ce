// SPDX-License-Identifier: EPL-2.0
/**
 * What the editor stands on: its words, the services and extensions of other bundles, and what users set.
 */
package org.eidolon.studio.editor.base;
