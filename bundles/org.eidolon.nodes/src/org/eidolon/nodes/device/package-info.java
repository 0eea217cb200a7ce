// SPDX-License-Identifier: EPL-2.0
/** GPUs for the engine, and the line about libtorch in {@code eidolon doctor}. */
package org.eidolon.nodes.device;
