// SPDX-License-Identifier: EPL-2.0
/** Runs in a process of their own, so that a crash there is survived here. */
package org.eidolon.engine.worker;
