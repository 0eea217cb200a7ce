// SPDX-License-Identifier: EPL-2.0
/** The texture layout of a head model, which all heads made from that model share. */
package org.eidolon.head.topology;
