// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.latent;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.eidolon.diffusion.ClipConfig;
import org.eidolon.diffusion.ClipText;
import org.eidolon.diffusion.ClipTokenizer;
import org.eidolon.diffusion.Lora;
import org.eidolon.diffusion.LoraFile;
import org.eidolon.diffusion.NoiseSchedule.Prediction;
import org.eidolon.diffusion.Precision;
import org.eidolon.diffusion.SchedulerConfig;
import org.eidolon.diffusion.UNet;
import org.eidolon.diffusion.UNetConfig;
import org.eidolon.diffusion.Vae;
import org.eidolon.diffusion.VaeConfig;
import org.eidolon.diffusion.published.IpAdapterFile;
import org.eidolon.diffusion.published.StableDiffusionFiles;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;

/**
 * Files of published weights that make up a prior.
 *
 * @param base a diffusers folder or a single file
 * @param predicts what a single file of Stable Diffusion 2 predicts; null where the weights tell
 * @param words a diffusers folder whose tokenizer is used where the base is a single file, which holds none; or null
 * @param lora on top, or null
 * @param loraScale its strength; 1 is as trained
 * @param adapter an IP-Adapter-FaceID, or null
 * @param adapterScale λ of its attention
 */
public record PublishedPrior(
        Path base, Prediction predicts, Path words, Path lora, double loraScale, Path adapter, double adapterScale) {

    /**
     * On a device.
     *
     * @param prior denoiser and autoencoder
     * @param text reads words, in float32
     * @param tokenizer of that encoder
     */
    public record Open(StableDiffusionPrior prior, LatentWords.TextEncoder text, ClipTokenizer tokenizer) {}

    /** Sizes, which are known without reading weights. */
    public record Sizes(UNetConfig unet, VaeConfig vae) {}

    /**
     * Sizes of UNet and autoencoder.
     *
     * @throws IOException naming the file that is missing or damaged
     */
    public Sizes sizes() throws IOException {
        StableDiffusionFiles files = files();
        return new Sizes(files.unetConfig(), files.vaeConfig());
    }

    private StableDiffusionFiles files() throws IOException {
        return StableDiffusionFiles.open(base, predicts, words);
    }

    /**
     * Checks, without reading weights, that all files are there, are whole by their names and shapes, and fit one another.
     *
     * @return sizes, of the UNet with what the adapter adds
     * @throws IOException naming file, key and reason
     */
    public Sizes check() throws IOException {
        StableDiffusionFiles files = files();
        files.check();
        UNetConfig unet = files.unetConfig();
        VaeConfig vae = files.vaeConfig();
        ClipConfig text = files.textConfig();
        if (text.width() != unet.contextWidth()) {
            throw new IOException(
                    base + ": the text encoder gives " + text.width() + " numbers for a token, the UNet reads "
                            + unet.contextWidth() + ": parts of different models lie together");
        }
        int tokens = files.tokenizer().size();
        if (tokens > text.vocabulary()) {
            throw new IOException((words == null ? base : words) + ": the tokenizer has numbers up to " + (tokens - 1)
                    + ", the text encoder a vocabulary of " + text.vocabulary()
                    + ": use the tokenizer of the same model");
        }
        SchedulerConfig scheduler = files.scheduler();
        if (lora != null) {
            try {
                LoraFile.check(lora, unet, text);
            } catch (IOException e) {
                throw new IOException(e.getMessage() + "; was it made for another model than " + base + "?", e);
            }
        }
        UNetConfig whole = adapter == null ? unet : IpAdapterFile.check(adapter, unet);
        try {
            StableDiffusionPrior.check(whole, vae, scheduler.schedule());
        } catch (IllegalArgumentException e) {
            throw new IOException(base + (adapter == null ? "" : " with " + adapter) + ": " + e.getMessage(), e);
        }
        return new Sizes(whole, vae);
    }

    /**
     * Loads all of it onto the scope's device, LoRA and adapter merged in.
     *
     * @throws IOException naming file and key, when a file is damaged or does not fit the base
     */
    public Open open(Scope scope, Precision precision) throws IOException {
        check();
        try (Scope loading = scope.child()) {
            StableDiffusionFiles files = files();
            ClipTokenizer tokenizer = files.tokenizer();
            SchedulerConfig scheduler = files.scheduler();
            UNet unet = files.unet(loading);
            Vae vae = files.vae(loading);
            ClipText text = files.text(scope); // kept, as it is used as it is
            if (lora != null) {
                LoraFile.Parts read = LoraFile.read(loading, lora);
                merge(lora, read.unet(), loraScale, use -> unet.merge(loading, use));
                merge(lora, read.text(), loraScale, use -> text.merge(scope, use));
            }
            UNet whole = adapter == null ? unet : adapted(loading, unet);
            StableDiffusionPrior prior =
                    new StableDiffusionPrior(scope, whole, vae, scheduler.schedule(), adapterScale, precision);
            return new Open(prior, (s, words) -> states(s, tokenizer, text, words), tokenizer);
        }
    }

    private static NDArray states(Scope s, ClipTokenizer tokenizer, ClipText text, String words) {
        try (Torch.Mode off = Torch.noGradient()) {
            return text.encode(s, tokenizer.encode(List.of(words)), 0).states();
        }
    }

    private UNet adapted(Scope loading, UNet unet) throws IOException {
        IpAdapterFile.Adapter read = IpAdapterFile.read(loading, adapter, unet.config());
        UNet whole = read.onto(loading, unet);
        merge(adapter, read.lora(), 1, use -> whole.merge(loading, use));
        return whole;
    }

    private interface Merging {
        AutoCloseable into(List<Lora.Use> use);
    }

    private void merge(Path file, Lora part, double scale, Merging merging) throws IOException {
        if (part == null) return;
        try {
            // what was merged stays so: the originals go with the scope that they were loaded in
            merging.into(List.of(part.at(scale)));
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    file + ": does not fit " + base + ", it was made for another model: " + e.getMessage(), e);
        }
    }
}
