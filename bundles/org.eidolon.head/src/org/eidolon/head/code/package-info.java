// SPDX-License-Identifier: EPL-2.0
/**
 * The numbers by which a prior is told a person and an expression, and the network that reads them from photos and
 * words.
 */
package org.eidolon.head.code;
