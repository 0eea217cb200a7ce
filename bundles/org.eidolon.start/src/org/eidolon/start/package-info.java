// SPDX-License-Identifier: EPL-2.0
/** Starts the framework from the class path, with the bundles that a user has added. */
package org.eidolon.start;
