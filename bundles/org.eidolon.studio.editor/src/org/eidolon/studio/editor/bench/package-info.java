// SPDX-License-Identifier: EPL-2.0
/** Times the editor with large graphs. */
package org.eidolon.studio.editor.bench;
