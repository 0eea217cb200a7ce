// SPDX-License-Identifier: EPL-2.0
package org.eidolon.api.value;

/** A value that can also be linked to a parameter: it carries what the parameter would hold. */
public sealed interface Plain permits Scalar, Text, Choice, Seed, FilePath {
    /** As {@link org.eidolon.api.Parameter#parse} takes it. */
    Object plain();
}
