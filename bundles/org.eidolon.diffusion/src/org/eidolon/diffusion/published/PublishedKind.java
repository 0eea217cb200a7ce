// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion.published;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.eidolon.diffusion.LoraFile;
import org.eidolon.diffusion.NoiseSchedule.Prediction;
import org.eidolon.torch.SafeTensors;
import org.eidolon.torch.TensorFile;

/** What published weights are, told by what is in them. */
public enum PublishedKind {
    /** A diffusers folder. */
    FOLDER("stable-diffusion"),
    /** A Stable Diffusion in one file. */
    SINGLE_FILE("stable-diffusion"),
    /** A LoRA: a file, or the folder of an adapter of PEFT's. */
    LORA("lora"),
    /** An IP-Adapter, with or without FaceID. */
    IP_ADAPTER("ip-adapter");

    private final String kind;

    PublishedKind(String kind) {
        this.kind = kind;
    }

    /** How lists of weights call it. */
    public String kind() {
        return kind;
    }

    /**
     * Looks at a folder or file.
     *
     * @throws IOException when it is none of these
     */
    public static PublishedKind of(Path path) throws IOException {
        if (Files.isDirectory(path) && LoraFile.isPeft(path)) {
            return LORA;
        }
        if (Files.isDirectory(path)) {
            DiffusersFolder.open(path);
            return FOLDER;
        }
        try (TensorFile in = TensorFile.open(path)) {
            Supplier<Stream<String>> names = () -> in.tensors().stream().map(SafeTensors.Info::name);
            if (names.get().anyMatch(n -> n.contains(LdmNames.UNET))) {
                return SINGLE_FILE;
            }
            if (names.get().anyMatch(n -> n.startsWith("image_proj."))) {
                return IP_ADAPTER;
            }
            if (names.get().anyMatch(n -> n.contains("lora"))) {
                return LORA;
            }
            throw new IOException(path + ": holds neither a Stable Diffusion nor a LoRA nor an IP-Adapter (it begins"
                    + " with '" + names.get().findFirst().orElse("nothing") + "')");
        }
    }

    /**
     * Checks names and shapes as far as they can be without a UNet to fit.
     *
     * @param prediction what a Stable Diffusion in one file predicts, or null
     * @return the files that belong to it
     * @throws IOException naming file, key and expectation
     */
    public List<Path> check(Path path, Prediction prediction) throws IOException {
        return switch (this) {
            case FOLDER -> DiffusersFolder.open(path).check();
            case SINGLE_FILE -> SingleFile.open(path, prediction).check();
            case LORA -> LoraFile.check(path);
            // it fits or does not fit a UNet, which is not known here
            case IP_ADAPTER -> List.of(path);
        };
    }
}
