// SPDX-License-Identifier: EPL-2.0
/** The graph file: strict reader, canonical writer, checks, paths, packs and migrations. */
package org.eidolon.graph;
