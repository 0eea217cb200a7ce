// SPDX-License-Identifier: EPL-2.0
/** Makes the pictures of the studio that the documentation shows. */
package org.eidolon.studio.pictures;
