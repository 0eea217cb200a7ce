// SPDX-License-Identifier: EPL-2.0
/** Behind the tensors: script archives, native calls, the reader of pickled archives. */
package org.eidolon.torch.internal;
