// SPDX-License-Identifier: EPL-2.0
/** Captions without fonts of the machine, and sheets of pictures. */
package org.eidolon.picture;
