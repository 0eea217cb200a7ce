// SPDX-License-Identifier: EPL-2.0
/** The views of weights, cache, queue and sweeps. */
package org.eidolon.studio.views;
