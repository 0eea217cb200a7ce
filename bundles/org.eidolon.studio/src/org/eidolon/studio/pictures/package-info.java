// SPDX-License-Identifier: EPL-2.0
/** Takes the pictures of the documentation by using the studio. */
package org.eidolon.studio.pictures;
