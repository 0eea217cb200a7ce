// SPDX-License-Identifier: EPL-2.0
/** Graphs that run: plans, content keys, the cache, scheduling, events and records. */
package org.eidolon.engine;
