// SPDX-License-Identifier: EPL-2.0
/** The node types that come with Eidolon, one record for each. */
package org.eidolon.nodes;
