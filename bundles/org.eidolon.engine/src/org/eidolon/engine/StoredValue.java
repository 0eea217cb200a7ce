// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eidolon.api.ValueType;

/**
 * A value as files in a folder: how a preview goes from one process to another.
 *
 * @param type id of its {@link ValueType}
 * @param folder what its value type wrote
 */
public record StoredValue(String type, Path folder) {
    /** Writes a value into a folder that does not exist yet; a reader that is told of it finds it whole. */
    public static StoredValue write(NodeTypes types, Object value, Path folder) throws IOException {
        ValueType<?> type = types.valueType(value.getClass());
        write(type, value, Files.createDirectories(folder));
        return new StoredValue(type.id(), folder);
    }

    @SuppressWarnings("unchecked") // a value type is found by the very class of the value
    private static <T> void write(ValueType<T> type, Object value, Path folder) throws IOException {
        type.write((T) value, folder);
    }

    /** @throws IOException also when no installed library knows the type */
    public Object read(NodeTypes types) throws IOException {
        for (ValueType<?> known : types.valueTypes()) {
            if (known.id().equals(type)) {
                return known.read(folder);
            }
        }
        throw new IOException("no library declares the value type '" + type + "'");
    }
}
