// SPDX-License-Identifier: EPL-2.0
/** Trains starter priors on pictures of synthetic heads, and holds the commands for it. */
package org.eidolon.head.train;
