// SPDX-License-Identifier: EPL-2.0
/** Starter priors of heads: their networks, the card in their file, and the domain of pictures that they show. */
package org.eidolon.head.prior;
