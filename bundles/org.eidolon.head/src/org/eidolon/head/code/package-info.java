// SPDX-License-Identifier: EPL-2.0
/**
 * The numbers by which a starter prior is told a person and an expression, and the networks that read them from a photo
 * and from words.
 */
package org.eidolon.head.code;
