// SPDX-License-Identifier: EPL-2.0
/** From photos and words to numbers: decoding, faces and their alignment, identity, sentences. */
package org.eidolon.encoders;
