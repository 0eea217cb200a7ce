// SPDX-License-Identifier: EPL-2.0
/** The command {@code eidolon}, and what other bundles add to it. */
package org.eidolon.cli;
