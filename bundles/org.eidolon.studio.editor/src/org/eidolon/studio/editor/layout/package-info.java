// SPDX-License-Identifier: EPL-2.0
/** Places nodes in layers from left to right. */
package org.eidolon.studio.editor.layout;
