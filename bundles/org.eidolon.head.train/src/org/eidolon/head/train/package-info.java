// SPDX-License-Identifier: EPL-2.0
/** Trains priors on renders of made-up people, and packs head models. */
package org.eidolon.head.train;
