// SPDX-License-Identifier: EPL-2.0
package org.eidolon.torch.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes a TorchScript archive that holds code and no state. */
public final class Archive {
    // pickle protocol 2: the object __torch__.Kernels with an empty state
    private static final String DATA = "\u0080\u0002c__torch__\n" + ScriptText.CLASS_NAME + "\nq\u0000)\u0081}b.";
    // an empty tuple
    private static final String CONSTANTS = "\u0080\u0002).";
    // the newest format that PyTorch 2.x writes: an older one would put its operator upgraders into the code
    private static final String VERSION = "10\n";

    private Archive() {}

    public static byte[] of(String code) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            put(zip, "data.pkl", DATA.getBytes(StandardCharsets.ISO_8859_1));
            put(zip, "code/__torch__.py", code.getBytes(StandardCharsets.UTF_8));
            put(zip, "constants.pkl", CONSTANTS.getBytes(StandardCharsets.ISO_8859_1));
            put(zip, "version", VERSION.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry("kernels/" + name);
        entry.setTime(0);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        CRC32 crc = new CRC32();
        crc.update(content);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
