// SPDX-License-Identifier: EPL-2.0
/**
 * The linear head model: its vertices, parts, texture layout, identity modes and expression shapes, and the files it
 * is read from.
 */
package org.eidolon.head.model;
