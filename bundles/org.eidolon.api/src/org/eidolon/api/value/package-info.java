// SPDX-License-Identifier: EPL-2.0
/** Values of general use that travel along links: pictures, numbers, texts, files. */
package org.eidolon.api.value;
