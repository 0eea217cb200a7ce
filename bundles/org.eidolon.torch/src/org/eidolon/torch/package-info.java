// SPDX-License-Identifier: EPL-2.0
/** Tensors by libtorch: scopes of memory, scripts, gradients, Adam, files of weights, the choice of the library. */
package org.eidolon.torch;
