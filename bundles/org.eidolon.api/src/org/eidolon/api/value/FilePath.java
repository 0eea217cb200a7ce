// SPDX-License-Identifier: EPL-2.0
package org.eidolon.api.value;

import java.nio.file.Path;

/** A file that the value owns: a copy in the cache once it has been stored. */
public record FilePath(Path path) implements Plain {
    @Override
    public Object plain() {
        return path;
    }
}
