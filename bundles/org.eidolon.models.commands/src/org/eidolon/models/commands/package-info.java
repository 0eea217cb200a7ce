// SPDX-License-Identifier: EPL-2.0
/** The commands that add, remove and check published weights. */
package org.eidolon.models.commands;
