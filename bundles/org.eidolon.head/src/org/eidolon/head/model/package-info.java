// SPDX-License-Identifier: EPL-2.0
/** Linear head models: how their files are read, and the thirteen expressions as weights of their shapes. */
package org.eidolon.head.model;
