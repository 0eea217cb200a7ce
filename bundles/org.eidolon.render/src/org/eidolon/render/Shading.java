// SPDX-License-Identifier: EPL-2.0
package org.eidolon.render;

final class Shading {}
