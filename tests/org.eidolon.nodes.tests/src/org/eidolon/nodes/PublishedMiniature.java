// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eidolon.diffusion.Lora;
import org.eidolon.diffusion.LoraFile;
import org.eidolon.diffusion.UNet;
import org.eidolon.diffusion.UNetConfig;
import org.eidolon.diffusion.published.DiffusersFolder;
import org.eidolon.models.ModelShelf;
import org.eidolon.testing.head.Fixtures;
import org.eidolon.torch.SafeTensorsWriter;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;

/**
 * What a user adds for {@code examples/portrait-full.eidolon}, all in miniature: the folder that diffusers wrote
 * ({@code releng/reference/pipeline_fixtures.py}), a FaceID and a LoRA of random weights, an ArcFace of random weights.
 */
final class PublishedMiniature {
    private final Path folder;
    private final ModelShelf shelf;

    /** @param folder for the files, and for the list of models in its folder {@code shelf} */
    PublishedMiniature(Path folder) {
        this.folder = folder;
        shelf = new ModelShelf(folder.resolve("shelf"));
    }

    Path shelf() {
        return folder.resolve("shelf");
    }

    /** Adds all that the example names. */
    void addAll() throws IOException {
        Path base = base("base");
        add("sd15", "stable-diffusion", base, DiffusersFolder.open(base).check());
        add("normal-sd15", "stable-diffusion", base, DiffusersFolder.open(base).check());
        addFile("faceid", "ip-adapter", faceId(base, "faceid.safetensors", 512));
        Path arcface = Fixtures.arcFace();
        shelf.add(
                "arcface",
                new ModelShelf.Label("identity", "test", "a test", "", Map.of("layout", "arcface")),
                arcface.getParent(),
                List.of(arcface),
                ModelShelf.Way.COPY,
                false,
                each -> {});
    }

    void addFile(String name, String kind, Path file) {
        add(name, kind, file.getParent(), List.of(file));
    }

    void add(String name, String kind, Path base, List<Path> files) {
        shelf.add(
                name,
                new ModelShelf.Label(kind, "test", "a test", "", Map.of()),
                base,
                files,
                ModelShelf.Way.LINK,
                true,
                each -> {});
    }

    /** The folder that diffusers wrote. */
    Path base(String name) throws IOException {
        return Fixtures.miniature(folder.resolve(name));
    }

    /** A FaceID for a base's UNet that reads so many numbers, its attention numbered as diffusers does. */
    Path faceId(Path base, String name, int width) throws IOException {
        UNetConfig plain = DiffusersFolder.open(base).unetConfig();
        Map<String, long[]> shapes = UNet.shapes(plain.withIdentity(width, 4));
        List<String> attentions = new ArrayList<>();
        for (String part : List.of("down_blocks.", "up_blocks.", "mid_block.")) {
            for (String key : UNet.shapes(plain).keySet()) {
                if (key.startsWith(part) && key.endsWith(".to_q.weight")) {
                    attentions.add(key.substring(0, key.length() - ".to_q.weight".length()));
                }
            }
        }
        Path file = folder.resolve(name);
        try (Scope s = Scope.open(Torch.device("cpu"));
                var off = Torch.noGradient()) {
            Torch.seed(width);
            Map<String, NDArray> tensors = new LinkedHashMap<>();
            shapes.forEach((key, shape) -> {
                if (key.startsWith("identity.")) {
                    tensors.put("image_proj." + key.substring("identity.".length()), random(s, shape));
                } else if (key.contains("_ip.")) {
                    int at = key.indexOf(".to_");
                    tensors.put(
                            "ip_adapter." + attentions.indexOf(key.substring(0, at)) + key.substring(at),
                            random(s, shape));
                }
            });
            SafeTensorsWriter.FLOAT.write(file, tensors, Map.of());
        }
        return file;
    }

    private static NDArray random(Scope s, long[] shape) {
        return s.adopt(s.randn(shape).mul(0.2));
    }

    /** A LoRA for a UNet. */
    Path lora(String name, UNetConfig config) throws IOException {
        Path file = folder.resolve(name);
        try (Scope s = Scope.open(Torch.device("cpu"));
                var off = Torch.noGradient()) {
            Lora made = Lora.create(s, config, Lora.attention(), 2, 2, 5);
            Map<String, Lora.Adapter> modules = new LinkedHashMap<>();
            made.modules()
                    .forEach((module, pair) -> modules.put(
                            module,
                            new Lora.Adapter(
                                    pair.a(), random(s, pair.b().getShape().getShape()), pair.alpha())));
            LoraFile.save(Lora.of(modules), file);
        }
        return file;
    }
}
