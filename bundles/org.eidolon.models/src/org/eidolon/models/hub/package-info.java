// SPDX-License-Identifier: EPL-2.0
/** Weights fetched from a hub, with resume and checksums. */
package org.eidolon.models.hub;
