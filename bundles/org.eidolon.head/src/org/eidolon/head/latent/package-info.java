// SPDX-License-Identifier: EPL-2.0
/** Score distillation under published networks, which work on latents. */
package org.eidolon.head.latent;
