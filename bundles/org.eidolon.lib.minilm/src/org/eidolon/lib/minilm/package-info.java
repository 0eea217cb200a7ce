// SPDX-License-Identifier: EPL-2.0
/** The sentence encoder MiniLM as a resource of this bundle. */
package org.eidolon.lib.minilm;
