// SPDX-License-Identifier: EPL-2.0
/** Changes of a graph: each is a plain change of the model under a name, and can be undone. */
package org.eidolon.studio.editor.edit;
