// SPDX-License-Identifier: EPL-2.0
/** GPUs for the engine, and what the doctor says of libtorch. */
package org.eidolon.nodes.device;
