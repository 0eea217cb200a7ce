// SPDX-License-Identifier: EPL-2.0
/** The subcommands, one class each, and the forms of what they print. */
package org.eidolon.cli.internal;
