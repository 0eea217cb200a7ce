// SPDX-License-Identifier: EPL-2.0
/** The node types that come with Eidolon, one record each; {@code BuiltInNodes} lists them. */
package org.eidolon.nodes;
