// SPDX-License-Identifier: EPL-2.0
/** A class that GEF 3.2 asks the platform for and that the platform no longer has. */
package org.eclipse.jface.util;
