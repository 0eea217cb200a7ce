// SPDX-License-Identifier: EPL-2.0
/** The graph editor itself and the services that it starts with. */
package org.eidolon.studio.editor;
