// SPDX-License-Identifier: EPL-2.0
/** Where a camera looks from and how a head is lit, and the numbers by which a prior is told both. */
package org.eidolon.head.view;
