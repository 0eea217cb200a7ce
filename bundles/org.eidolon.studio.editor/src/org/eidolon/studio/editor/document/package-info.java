// SPDX-License-Identifier: EPL-2.0
/**
 * A graph that is open for editing: the model and where it is kept, its journal, its check and the fixes for what that finds.
 */
package org.eidolon.studio.editor.document;
