// SPDX-License-Identifier: EPL-2.0
/**
 * What several node types share: reading of photos and priors, running of stages, writing of heads as files and
 * pictures.
 */
package org.eidolon.nodes.internal;
