// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion.published;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.eidolon.diffusion.ClipConfig;
import org.eidolon.diffusion.ClipText;
import org.eidolon.diffusion.ClipTokenizer;
import org.eidolon.diffusion.DiffusersConfig;
import org.eidolon.diffusion.SchedulerConfig;
import org.eidolon.diffusion.UNet;
import org.eidolon.diffusion.UNetConfig;
import org.eidolon.diffusion.Vae;
import org.eidolon.diffusion.VaeConfig;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Shards;

/**
 * A Stable Diffusion as diffusers lays it out: a folder for each part, with a configuration and weights (safetensors,
 * whole or in shards, or PyTorch's archives; float32, float16 or bfloat16). Parts may be missing until they are asked
 * for. Weights become float32 and take no gradients.
 */
public final class DiffusersFolder implements StableDiffusionFiles {
    private static final long MAX_CONFIG = 1 << 20;
    private static final List<String> VARIANTS = List.of("", ".fp16", ".bf16");
    private static final String TEXT = "text_model.";

    /** Names of the autoencoder's attention before diffusers 0.18, and those of today. */
    private static final Map<String, String> OLD_ATTENTION =
            Map.of(".query.", ".to_q.", ".key.", ".to_k.", ".value.", ".to_v.", ".proj_attn.", ".to_out.0.");

    private final Path folder;

    private DiffusersFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * A folder that has at least one of the parts {@code unet}, {@code vae} and {@code text_encoder}.
     *
     * @throws IOException when it does not exist or has none of them
     */
    public static DiffusersFolder open(Path folder) throws IOException {
        DiffusersFolder opened = new DiffusersFolder(folder);
        if (!opened.has("unet") && !opened.has("vae") && !opened.has("text_encoder")) {
            throw new IOException(folder + ": no folder of diffusers: expected unet/config.json, vae/config.json or"
                    + " text_encoder/config.json in it");
        }
        return opened;
    }

    /** Whether a part is there, by the name of its folder. */
    public boolean has(String part) {
        return Files.isRegularFile(folder.resolve(part).resolve("config.json"))
                || part.equals("tokenizer") && ClipTokenizer.isThere(folder.resolve(part))
                || part.equals("scheduler")
                        && Files.isRegularFile(folder.resolve(part).resolve("scheduler_config.json"));
    }

    private String config(String part, String name) throws IOException {
        Path file = folder.resolve(part).resolve(name);
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + ": no such file; the part '" + part + "' of this model is missing");
        }
        if (Files.size(file) > MAX_CONFIG) {
            throw new IOException(file + ": larger than " + MAX_CONFIG + " bytes, which no configuration is");
        }
        return Files.readString(file);
    }

    /** Reads a part's configuration; errors name its file. */
    private <T> T parse(String part, String name, Function<String, T> reader) throws IOException {
        String text = config(part, name);
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException e) {
            throw new IOException(folder.resolve(part).resolve(name) + ": " + e.getMessage(), e);
        }
    }

    /** The weights of a part, whole or in shards: single before half precision, safetensors before archives. */
    Path weights(String part, String stem) throws IOException {
        Path at = folder.resolve(part);
        List<String> archives = stem.equals("model") ? List.of("pytorch_model", stem) : List.of(stem, "pytorch_model");
        List<String> names = new ArrayList<>();
        VARIANTS.forEach(variant -> names.add(stem + variant + ".safetensors"));
        archives.forEach(name -> VARIANTS.forEach(variant -> names.add(name + variant + ".bin")));
        for (String name : names) {
            if (Files.isRegularFile(at.resolve(name))
                    || !Shards.of(at.resolve(name)).isEmpty()) {
                return at.resolve(name);
            }
        }
        throw new IOException(at + ": no weights: expected " + stem + ".safetensors or " + archives.getFirst()
                + ".bin, shards of one, or a variant, fp16 or bf16, such as " + names.get(1));
    }

    @Override
    public List<Path> check() throws IOException {
        List<Path> files = new ArrayList<>();
        add(files, folder.resolve("model_index.json"));
        if (has("unet")) {
            Path file = weights("unet", "diffusion_pytorch_model");
            PublishedTensors.check(file, "UNet", UNet.shapes(unetConfig()), n -> n);
            add(files, folder.resolve("unet").resolve("config.json"));
            files.addAll(parts(file));
        }
        if (has("vae")) {
            Path file = weights("vae", "diffusion_pytorch_model");
            PublishedTensors.check(file, "VAE", Vae.shapes(vaeConfig()), DiffusersFolder::attention);
            add(files, folder.resolve("vae").resolve("config.json"));
            files.addAll(parts(file));
        }
        if (has("text_encoder")) {
            Path file = weights("text_encoder", "model");
            ClipConfig config = textConfig();
            PublishedTensors.check(file, "text encoder", ClipText.shapes(config), DiffusersFolder::textName);
            add(files, folder.resolve("text_encoder").resolve("config.json"));
            files.addAll(parts(file));
        }
        if (has("tokenizer")) {
            tokenizer();
            files.addAll(ClipTokenizer.files(folder.resolve("tokenizer")));
        }
        if (has("scheduler")) {
            scheduler();
            add(files, folder.resolve("scheduler").resolve("scheduler_config.json"));
        }
        return files;
    }

    private static void add(List<Path> files, Path file) {
        if (Files.isRegularFile(file)) {
            files.add(file);
        }
    }

    /** A file of weights, or its shards. */
    private static List<Path> parts(Path file) throws IOException {
        return Files.isRegularFile(file) ? List.of(file) : Shards.of(file);
    }

    @Override
    public UNetConfig unetConfig() throws IOException {
        return parse("unet", "config.json", DiffusersConfig::read);
    }

    @Override
    public UNet unet(Scope scope) throws IOException {
        UNetConfig config = unetConfig();
        Path file = weights("unet", "diffusion_pytorch_model");
        return UNet.of(scope, config, PublishedTensors.read(scope, file, "UNet", UNet.shapes(config), n -> n));
    }

    @Override
    public VaeConfig vaeConfig() throws IOException {
        return parse("vae", "config.json", VaeConfig::read);
    }

    @Override
    public Vae vae(Scope scope) throws IOException {
        VaeConfig config = vaeConfig();
        Path file = weights("vae", "diffusion_pytorch_model");
        return Vae.of(
                config, PublishedTensors.read(scope, file, "VAE", Vae.shapes(config), DiffusersFolder::attention));
    }

    @Override
    public Path vaeAt() {
        return folder.resolve("vae");
    }

    private static String attention(String name) {
        if (name.contains(".attentions.")) {
            for (Map.Entry<String, String> each : OLD_ATTENTION.entrySet()) {
                name = name.replace(each.getKey(), each.getValue());
            }
        }
        return name;
    }

    @Override
    public ClipConfig textConfig() throws IOException {
        return parse("text_encoder", "config.json", ClipConfig::read);
    }

    @Override
    public ClipText text(Scope scope) throws IOException {
        ClipConfig config = textConfig();
        Path file = weights("text_encoder", "model");
        return ClipText.of(
                config,
                PublishedTensors.read(scope, file, "text encoder", ClipText.shapes(config), DiffusersFolder::textName));
    }

    /** Newer versions of transformers leave the prefix out; older ones store the numbers of places as a weight. */
    static String textName(String name) {
        if (name.endsWith("embeddings.position_ids")) {
            return null;
        }
        return name.startsWith(TEXT) || name.startsWith("text_projection") ? name : TEXT + name;
    }

    /** The tokenizer, for texts as long as the text encoder has places (77 where there is none). */
    @Override
    public ClipTokenizer tokenizer() throws IOException {
        int length = has("text_encoder") ? textConfig().positions() : 77;
        return ClipTokenizer.read(folder.resolve("tokenizer"), length);
    }

    @Override
    public SchedulerConfig scheduler() throws IOException {
        return parse("scheduler", "scheduler_config.json", SchedulerConfig::read);
    }
}
