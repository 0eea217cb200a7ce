// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.eidolon.torch.SafeTensors;
import org.eidolon.torch.SafeTensorsWriter;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Weights;

/** A UNet on disk: safetensors under diffusers' names, our own with the configuration in the metadata. */
public final class UNetFile {
    /** Metadata key under which the configuration stands. */
    public static final String CONFIG = "eidolon.unet";

    private UNetFile() {}

    /**
     * Writes weights and configuration.
     *
     * @param half as float16, for shipping; otherwise float32
     * @param metadata more to keep, e.g. which identity encoder it was trained with
     */
    public static void save(UNet unet, Path file, boolean half, Map<String, String> metadata) throws IOException {
        Map<String, String> all = new LinkedHashMap<>(metadata);
        all.put("format", "pt");
        all.put(CONFIG, unet.config().toJson());
        (half ? SafeTensorsWriter.HALF : SafeTensorsWriter.FLOAT).write(file, unet.parameters(), all);
    }

    /** A file's metadata. */
    public static Map<String, String> metadata(Path file) throws IOException {
        try (SafeTensors tensors = SafeTensors.open(file)) {
            return Map.copyOf(tensors.metadata());
        }
    }

    /**
     * Reads what {@link #save} wrote.
     *
     * @throws IOException when the file holds no configuration
     */
    public static UNet load(Scope scope, Path file) throws IOException {
        String json = metadata(file).get(CONFIG);
        if (json == null) {
            throw new IOException(file + ": no UNet configuration in its metadata (key '" + CONFIG
                    + "'); give the configuration, e.g. of the diffusers folder it lies in");
        }
        UNetConfig config = UNetConfig.fromJson(json);
        refuseUnknown(file, config);
        return UNet.of(scope, config, Weights.load(scope, file).map());
    }

    /**
     * Reads weights for a configuration, e.g. {@code unet/diffusion_pytorch_model.safetensors} of a diffusers folder.
     * They take no gradients. Parts that only we add may be missing (see {@link UNet#extend}).
     *
     * @throws IllegalArgumentException naming a missing, unknown or misshapen weight
     */
    public static UNet load(Scope scope, Path file, UNetConfig config) throws IOException {
        refuseUnknown(file, config);
        return UNet.extend(scope, config, Weights.load(scope, file).map());
    }

    private static void refuseUnknown(Path file, UNetConfig config) throws IOException {
        try (SafeTensors tensors = SafeTensors.open(file)) {
            Set<String> unknown = new HashSet<>();
            tensors.tensors().forEach(info -> unknown.add(info.name()));
            unknown.removeAll(UNet.shapes(config).keySet());
            if (!unknown.isEmpty()) {
                throw new IllegalArgumentException(
                        file + ": '" + unknown.stream().sorted().findFirst().get() + "' and " + (unknown.size() - 1)
                                + " more are no weights of a UNet of this configuration");
            }
        }
    }
}
