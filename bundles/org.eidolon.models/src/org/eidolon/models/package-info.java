// SPDX-License-Identifier: EPL-2.0
/** Weights by logical id and hash: where they lie, what they may be used for, adding and removing. */
package org.eidolon.models;
