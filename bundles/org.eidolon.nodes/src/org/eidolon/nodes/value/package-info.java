// SPDX-License-Identifier: EPL-2.0
/** The values that travel between nodes of heads. */
package org.eidolon.nodes.value;
