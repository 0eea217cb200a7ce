// SPDX-License-Identifier: EPL-2.0
/** The diffusion priors of heads and what their files say of them. */
package org.eidolon.head.prior;
