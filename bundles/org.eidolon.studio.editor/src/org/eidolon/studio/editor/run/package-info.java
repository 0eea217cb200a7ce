// SPDX-License-Identifier: EPL-2.0
/** Runs graphs in a process of their own, one queue for the whole studio. */
package org.eidolon.studio.editor.run;
