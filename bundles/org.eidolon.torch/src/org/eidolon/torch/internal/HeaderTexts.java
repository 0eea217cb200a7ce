// SPDX-License-Identifier: EPL-2.0
package org.eidolon.torch.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The free text of a safetensors header, by key, left where it lies: each is read when it is asked for. */
final class HeaderTexts extends AbstractMap<String, String> {
    private interface Text {
        void at(JsonScanner key, JsonScanner value) throws IOException;
    }

    private final Path file;
    private final ByteBuffer header;
    private final int place;

    /**
     * Texts that were checked already.
     *
     * @param place of their object in the header
     */
    HeaderTexts(Path file, ByteBuffer header, int place) {
        this.file = file;
        this.header = header;
        this.place = place;
    }

    @Override
    public String get(Object wanted) {
        String[] found = new String[1];
        if (wanted instanceof String name) {
            // the one that stands last where a key stands twice
            walk((key, value) -> found[0] = key.is(name) ? value.string() : found[0]);
        }
        return found[0];
    }

    @Override
    public boolean containsKey(Object key) {
        return get(key) != null;
    }

    @Override
    public Set<Map.Entry<String, String>> entrySet() {
        Map<String, String> all = new LinkedHashMap<>();
        walk((key, value) -> all.put(key.string(), value.string()));
        return Collections.unmodifiableMap(all).entrySet();
    }

    private void walk(Text each) {
        JsonScanner key = new JsonScanner(header), value = new JsonScanner(header);
        try {
            value.seek(place);
            value.enter('{');
            while (value.more('}')) {
                value.peek();
                key.seek(value.position());
                key.text();
                value.key();
                value.text();
                each.at(key, value);
            }
        } catch (IOException e) {
            throw changed(file, e);
        }
    }

    /** A header was good when it was opened, and is mapped. */
    static IllegalStateException changed(Path file, IOException e) {
        return new IllegalStateException(file + ": was changed while it was read: " + e.getMessage(), e);
    }
}
