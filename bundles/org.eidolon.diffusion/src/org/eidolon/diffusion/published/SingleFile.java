// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion.published;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eidolon.diffusion.ClipConfig;
import org.eidolon.diffusion.ClipText;
import org.eidolon.diffusion.ClipTokenizer;
import org.eidolon.diffusion.NoiseSchedule.Prediction;
import org.eidolon.diffusion.SchedulerConfig;
import org.eidolon.diffusion.UNet;
import org.eidolon.diffusion.UNetConfig;
import org.eidolon.diffusion.Vae;
import org.eidolon.diffusion.VaeConfig;
import org.eidolon.torch.SafeTensors;
import org.eidolon.torch.Scope;
import org.eidolon.torch.TensorFile;

/**
 * A Stable Diffusion in one file, as its authors published it ({@code .safetensors}, or {@code .ckpt} through the reader
 * that runs nothing). Weights become float32 and take no gradients.
 */
public final class SingleFile implements StableDiffusionFiles {
    /** What such files hold beside the networks: schedules, moving averages, counters. */
    private static final List<String> IGNORED = List.of(
            "model_ema.",
            "betas",
            "alphas_cumprod",
            "sqrt_",
            "log_one_minus_alphas_cumprod",
            "posterior_",
            "logvar",
            "scale_factor",
            "lvlb_weights",
            "loss.");

    private final Path file;
    private final String root;
    private final Map<String, SafeTensors.Info> infos = new HashMap<>();
    private final UNetConfig unet;
    private final VaeConfig vae;
    private final ClipConfig clip;
    private final Prediction prediction;
    private final DiffusersFolder words;

    private SingleFile(
            Path file, UNetConfig unet, VaeConfig vae, ClipConfig clip, Prediction prediction, DiffusersFolder words)
            throws IOException {
        this.file = file;
        this.words = words;
        try (TensorFile in = TensorFile.open(file)) {
            // files by training tools have everything below one key
            root = in.tensors().stream().anyMatch(i -> i.name().startsWith("state_dict.")) ? "state_dict." : "";
            for (SafeTensors.Info info : PublishedTensors.all(in, file)) {
                if (info.name().startsWith(root)) {
                    infos.put(info.name().substring(root.length()), info);
                }
            }
        }
        if (infos.keySet().stream().anyMatch(k -> k.startsWith("conditioner."))) {
            throw new IOException(file + ": holds a Stable Diffusion XL, which is not supported");
        }
        try {
            this.unet = unet != null ? unet : sizes(shapes());
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
        boolean second = openClip();
        this.vae = vae != null ? vae : VaeConfig.stableDiffusion();
        this.clip = clip != null ? clip : second ? ClipConfig.stableDiffusion21() : ClipConfig.stableDiffusion15();
        if (prediction == null && second) {
            throw new IOException(file + ": a Stable Diffusion 2, and such a file does not tell what it predicts; say"
                    + " --predicts noise (512-base) or velocity (768), here or when adding it");
        }
        this.prediction = prediction == null ? Prediction.NOISE : prediction;
        refuseUnknown();
    }

    /**
     * A file of Stable Diffusion 1 or 2.
     *
     * @param prediction what the UNet predicts; null for version 1, which predicts noise
     * @throws IOException naming the key that is unknown, or what the file lacks
     */
    public static SingleFile open(Path file, Prediction prediction) throws IOException {
        return open(file, prediction, null);
    }

    /**
     * The same with a tokenizer.
     *
     * @param words whose tokenizer is used, as such a file holds none; or null
     */
    public static SingleFile open(Path file, Prediction prediction, DiffusersFolder words) throws IOException {
        return new SingleFile(file, null, null, null, prediction, words);
    }

    /** The same with sizes of the caller's, for other members of the family. */
    public static SingleFile open(
            Path file, UNetConfig unet, VaeConfig vae, ClipConfig clip, Prediction prediction, DiffusersFolder words)
            throws IOException {
        return new SingleFile(file, unet, vae, clip, prediction, words);
    }

    /**
     * Reads what may be said of such a file's UNet: {@code noise} or {@code velocity}; null stays null.
     *
     * @throws IllegalArgumentException when it is neither
     */
    public static Prediction prediction(String told) {
        return switch (told) {
            case null -> null;
            case "noise" -> Prediction.NOISE;
            case "velocity" -> Prediction.VELOCITY;
            default -> throw new IllegalArgumentException("--predicts is noise or velocity, not '" + told + "'");
        };
    }

    /**
     * A UNet's sizes by the names and shapes in a file.
     *
     * @throws IllegalArgumentException when they are no Stable Diffusion's of version 1 or 2
     */
    public static UNetConfig sizes(Map<String, long[]> shapes) {
        Map<String, long[]> own = new HashMap<>();
        shapes.forEach((name, shape) -> {
            if (name.startsWith(LdmNames.UNET)) {
                own.put(name.substring(LdmNames.UNET.length()), shape);
            }
        });
        return LdmSizes.unet(own);
    }

    /** The names under which a file keeps a UNet and an autoencoder of such sizes. */
    public static Set<String> keys(UNetConfig unet, VaeConfig vae) {
        Set<String> keys = new HashSet<>();
        LdmNames.unet(unet).values().forEach(s -> keys.add(s.key()));
        LdmNames.vae(vae).values().forEach(s -> keys.add(s.key()));
        return keys;
    }

    private boolean openClip() {
        return infos.keySet().stream().anyMatch(k -> k.startsWith(LdmNames.OPEN_CLIP));
    }

    private Map<String, long[]> shapes() {
        Map<String, long[]> shapes = new HashMap<>();
        infos.forEach((name, info) -> shapes.put(name, info.shape()));
        return shapes;
    }

    private Map<String, LdmNames.Source> clipSources() {
        return openClip() ? LdmNames.openClip(clip) : LdmNames.clip(clip);
    }

    private void refuseUnknown() throws IOException {
        Set<String> known = keys(unet, vae);
        clipSources().values().forEach(s -> known.add(s.key()));
        String last = LdmNames.OPEN_CLIP + "transformer.resblocks." + clip.layers() + ".";
        for (String name : infos.keySet()) {
            boolean ignored = IGNORED.stream().anyMatch(name::startsWith)
                    || name.endsWith("embeddings.position_ids")
                    // version 2 reads the last layer but one, and no projection
                    || name.startsWith(last)
                    || name.equals(LdmNames.OPEN_CLIP + "text_projection")
                    || name.equals(LdmNames.OPEN_CLIP + "logit_scale")
                    || name.equals(LdmNames.OPEN_CLIP + "attn_mask");
            if (!ignored && !known.contains(name)) {
                throw new IOException(
                        file + ": '" + root + name + "' is no weight of a Stable Diffusion of these sizes");
            }
        }
    }

    @Override
    public List<Path> check() throws IOException {
        check(LdmNames.unet(unet), UNet.shapes(unet));
        check(LdmNames.vae(vae), Vae.shapes(vae));
        check(clipSources(), ClipText.shapes(clip));
        return List.of(file);
    }

    @Override
    public ClipConfig textConfig() {
        return clip;
    }

    private void check(Map<String, LdmNames.Source> sources, Map<String, long[]> shapes) throws IOException {
        for (Map.Entry<String, LdmNames.Source> each : sources.entrySet()) {
            check(each.getValue(), shapes.get(each.getKey()));
        }
    }

    @Override
    public UNetConfig unetConfig() {
        return unet;
    }

    @Override
    public UNet unet(Scope scope) throws IOException {
        return UNet.of(scope, unet, read(scope, LdmNames.unet(unet), UNet.shapes(unet)));
    }

    @Override
    public VaeConfig vaeConfig() {
        return vae;
    }

    @Override
    public Vae vae(Scope scope) throws IOException {
        return Vae.of(vae, read(scope, LdmNames.vae(vae), Vae.shapes(vae)));
    }

    @Override
    public Path vaeAt() {
        return file;
    }

    @Override
    public ClipText text(Scope scope) throws IOException {
        return ClipText.of(clip, read(scope, clipSources(), ClipText.shapes(clip)));
    }

    /**
     * The tokenizer of the folder that this was opened with.
     *
     * @throws IllegalStateException when it was opened without
     */
    @Override
    public ClipTokenizer tokenizer() throws IOException {
        if (words == null) throw new IllegalStateException(file + " was opened without a tokenizer");
        return words.tokenizer();
    }

    /** Stable Diffusion's schedule with what this file's UNet predicts. */
    @Override
    public SchedulerConfig scheduler() {
        return SchedulerConfig.read("{\"_class_name\": \"DDIMScheduler\", \"beta_schedule\": \"scaled_linear\","
                + " \"beta_start\": 0.00085, \"beta_end\": 0.012, \"clip_sample\": false, \"set_alpha_to_one\": false,"
                + " \"steps_offset\": 1, \"prediction_type\": \""
                + (prediction == Prediction.VELOCITY ? "v_prediction" : "epsilon") + "\"}");
    }

    private Map<String, NDArray> read(Scope scope, Map<String, LdmNames.Source> sources, Map<String, long[]> shapes)
            throws IOException {
        check(sources, shapes);
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        try (TensorFile in = TensorFile.open(file)) {
            for (Map.Entry<String, LdmNames.Source> each : sources.entrySet()) {
                long[] shape = shapes.get(each.getKey());
                String key = infos.get(each.getValue().key()).name();
                try (Scope s = scope.child()) {
                    NDArray whole = in.read(s, key);
                    int third = each.getValue().third();
                    NDArray part = third < 0
                            ? whole.reshape(shape)
                            : whole.get(new NDIndex(third * shape[0] + ":" + (third + 1) * shape[0]))
                                    .duplicate();
                    tensors.put(each.getKey(), s.keep(part));
                }
            }
        }
        return tensors;
    }

    private void check(LdmNames.Source source, long[] shape) throws IOException {
        SafeTensors.Info info = infos.get(source.key());
        if (info == null) {
            throw new IOException(
                    file + ": '" + root + source.key() + "' is missing, expected shape " + Arrays.toString(shape));
        }
        long[] wanted = shape.clone();
        if (source.third() >= 0) {
            wanted[0] *= 3;
        }
        // attention of the autoencoder is stored as 1×1 convolutions
        boolean flat = info.shape().length == 4
                && wanted.length == 2
                && Arrays.equals(info.shape(), new long[] {wanted[0], wanted[1], 1, 1});
        if (!flat && !Arrays.equals(info.shape(), wanted)) {
            throw new IOException(file + ": '" + root + source.key() + "' has shape " + info.dimensions()
                    + ", expected " + Arrays.toString(wanted));
        }
    }
}
