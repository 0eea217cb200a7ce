// SPDX-License-Identifier: EPL-2.0
/** Views of the studio: queue, models, cache, comparison. */
package org.eidolon.studio.views;
