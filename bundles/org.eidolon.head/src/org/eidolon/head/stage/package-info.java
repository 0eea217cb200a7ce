// SPDX-License-Identifier: EPL-2.0
/** What both stages share: the loop of steps, the person and the expressions they are told, checkpoints. */
package org.eidolon.head.stage;
