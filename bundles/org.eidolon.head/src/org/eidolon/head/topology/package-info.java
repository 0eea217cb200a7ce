// SPDX-License-Identifier: EPL-2.0
/** One mesh for all expressions: the head model with one texture layout. */
package org.eidolon.head.topology;
