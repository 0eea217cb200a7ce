// SPDX-License-Identifier: EPL-2.0
package org.eidolon.torch;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Named tensors in a file, read one at a time: {@link SafeTensors}, or PyTorch's archives ({@link TorchArchive}). */
public interface TensorFile extends AutoCloseable {
    /**
     * Opens a file by its content: a zip archive is PyTorch's, anything else must be safetensors. Of {@link Shards} all
     * are opened, by the name without the numbers.
     *
     * @throws IOException if there is none or it is malformed: names the file
     */
    static TensorFile open(Path file) throws IOException {
        if (Files.isRegularFile(file)) {
            try (InputStream in = Files.newInputStream(file)) {
                // eight bytes of a length, then JSON: a length may well begin like the signatures of the others
                byte[] start = in.readNBytes(9);
                if (start.length == 9 && start[8] != '{') {
                    if (start[0] == 'P' && start[1] == 'K') {
                        return TorchArchive.open(file);
                    }
                    if ((start[0] & 0xff) == 0x80 && start[1] <= 5) {
                        throw new IOException(
                                file + ": written by a PyTorch before 1.6, which is not read; load it there"
                                        + " and save it anew, as safetensors at best");
                    }
                }
            }
        }
        List<Path> shards =
                Files.isRegularFile(file) || !file.toString().endsWith(".bin") ? List.of() : Shards.of(file);
        return shards.isEmpty() ? SafeTensors.open(file) : new TorchShards(shards);
    }

    /** The tensors as the file declares them. */
    Collection<SafeTensors.Info> tensors();

    /** Free text, by key. */
    Map<String, String> metadata();

    /** A copy of a tensor: float32 for all floating types, else the stored type (BOOL as uint8). */
    NDArray read(Scope scope, String name) throws IOException;

    /** The values of a floating tensor as float32, without the tensor engine. */
    float[] floats(String name) throws IOException;

    /** Closes the file; tensors that were read stay. */
    @Override
    void close();
}
