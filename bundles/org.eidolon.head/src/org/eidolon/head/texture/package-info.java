// SPDX-License-Identifier: EPL-2.0
/** The texture stage: it learns colours without light on a finished surface and bakes them into a picture. */
package org.eidolon.head.texture;
