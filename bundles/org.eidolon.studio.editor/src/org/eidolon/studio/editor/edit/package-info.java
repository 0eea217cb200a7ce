// SPDX-License-Identifier: EPL-2.0
/** Plain changes of a graph, and questions about it, without a window. */
package org.eidolon.studio.editor.edit;
