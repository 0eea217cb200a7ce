// SPDX-License-Identifier: EPL-2.0
/** The commands that add, remove and check weights of the user. */
package org.eidolon.models.commands;
