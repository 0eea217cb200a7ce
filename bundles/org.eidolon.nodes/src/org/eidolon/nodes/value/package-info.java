// SPDX-License-Identifier: EPL-2.0
/** The values that travel along links between these nodes; {@code HeadValues} lists their types. */
package org.eidolon.nodes.value;
