// SPDX-License-Identifier: EPL-2.0
/** Benchmarks of likeness, of words and of speed, as commands. */
package org.eidolon.head.bench;
