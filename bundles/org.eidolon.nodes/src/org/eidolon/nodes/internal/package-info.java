// SPDX-License-Identifier: EPL-2.0
/** What several nodes share: networks that are open, pictures of heads, files, faults in users' words. */
package org.eidolon.nodes.internal;
