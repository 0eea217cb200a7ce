// SPDX-License-Identifier: EPL-2.0
package org.eidolon.encoders;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a PNG file says beside its pixels (W3C, "Portable Network Graphics", third edition): orientation and colour.
 * Programs write the orientation before or after the pixels; what stands after them is looked for, too.
 */
final class PngChunks {
    private static final int SIGNATURE = 8;
    private static final Set<String> KEPT = Set.of("eXIf", "cICP", "iCCP", "sRGB", "gAMA", "cHRM");

    private final Map<String, byte[]> chunks = new HashMap<>();

    private PngChunks() {}

    /** The first chunk of each name; a damaged file ends where it is damaged. */
    static PngChunks of(byte[] png) {
        PngChunks found = new PngChunks();
        ByteBuffer in = ByteBuffer.wrap(png).position(Math.min(SIGNATURE, png.length));
        byte[] type = new byte[4];
        while (in.remaining() >= 12) {
            int length = in.getInt();
            in.get(type);
            if (length < 0 || length > in.remaining() - 4) {
                break;
            }
            String name = new String(type, StandardCharsets.ISO_8859_1);
            if (KEPT.contains(name) && !found.chunks.containsKey(name)) {
                byte[] data = new byte[length];
                in.get(in.position(), data);
                found.chunks.put(name, data);
            }
            in.position(in.position() + length + 4);
        }
        return found;
    }

    /** A chunk's bytes where it is there and at least so long. */
    Optional<ByteBuffer> get(String name, int least) {
        byte[] data = chunks.get(name);
        return data == null || data.length < least ? Optional.empty() : Optional.of(ByteBuffer.wrap(data));
    }
}
