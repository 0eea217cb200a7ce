// SPDX-License-Identifier: EPL-2.0
/**
 * What the two stages share: the loop of steps with its checkpoints, the presets of each quality, and what a prior says
 * of one person.
 */
package org.eidolon.head.stage;
