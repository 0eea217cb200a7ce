// SPDX-License-Identifier: EPL-2.0
/** Measures likeness and speed of what makes heads, and holds the commands of {@code eidolon bench}. */
package org.eidolon.head.bench;
