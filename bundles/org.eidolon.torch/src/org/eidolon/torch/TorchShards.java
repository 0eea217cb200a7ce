// SPDX-License-Identifier: EPL-2.0
package org.eidolon.torch;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** PyTorch's archives that hold one set of tensors together. */
final class TorchShards implements TensorFile {
    private final Map<String, TorchArchive> places = new LinkedHashMap<>();
    private final Map<TorchArchive, Path> archives = new LinkedHashMap<>();

    /** @throws IOException when one is damaged, or a tensor stands in two */
    TorchShards(List<Path> shards) throws IOException {
        try {
            for (Path shard : shards) {
                TorchArchive archive = TorchArchive.open(shard);
                archives.put(archive, shard);
                for (SafeTensors.Info info : archive.tensors()) {
                    if (places.put(info.name(), archive) != null) {
                        throw new IOException(shard + ": tensor " + info.name() + " stands in another shard too");
                    }
                }
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    @Override
    public Collection<SafeTensors.Info> tensors() {
        return archives.keySet().stream().flatMap(a -> a.tensors().stream()).toList();
    }

    @Override
    public Map<String, String> metadata() {
        return Map.of();
    }

    private TorchArchive place(String name) {
        TorchArchive archive = places.get(name);
        if (archive == null) {
            throw new IllegalArgumentException("no tensor " + name + " in " + archives.values());
        }
        return archive;
    }

    @Override
    public NDArray read(Scope scope, String name) throws IOException {
        return place(name).read(scope, name);
    }

    @Override
    public float[] floats(String name) throws IOException {
        return place(name).floats(name);
    }

    @Override
    public void close() {
        archives.keySet().forEach(TorchArchive::close);
    }
}
