// SPDX-License-Identifier: EPL-2.0
/** How heads are painted for training: a tone, and layers of colour by region. */
package org.eidolon.head.skin;
