// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.latent;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
import org.eidolon.diffusion.published.DiffusersFolder;
import org.eidolon.diffusion.published.IpAdapterFile;
import org.eidolon.diffusion.published.SingleFile;
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
     */
    public record Open(StableDiffusionPrior prior, LatentWords.TextEncoder text) {}

    /** Sizes, which are known without reading weights. */
    public record Sizes(UNetConfig unet, VaeConfig vae) {}

    /** The parts of the base, wherever they lie. */
    private record Parts(UNet unet, Vae vae, ClipText text, SchedulerConfig scheduler, ClipTokenizer tokenizer) {}

    /**
     * Sizes of UNet and autoencoder.
     *
     * @throws IOException naming the file that is missing or damaged
     */
    public Sizes sizes() throws IOException {
        if (Files.isDirectory(base)) {
            DiffusersFolder folder = DiffusersFolder.open(base);
            return new Sizes(folder.unetConfig(), folder.vaeConfig());
        }
        SingleFile file = SingleFile.open(base, predicts);
        return new Sizes(file.unetConfig(), file.vaeConfig());
    }

    /**
     * Loads all of it onto the scope's device, LoRA and adapter merged in.
     *
     * @throws IOException naming file and key, when a file is damaged or does not fit the base
     */
    public Open open(Scope scope, Precision precision) throws IOException {
        try (Scope loading = scope.child()) {
            Parts parts = parts(loading, scope);
            UNet unet = parts.unet();
            ClipText text = parts.text();
            if (text.config().width() != unet.config().contextWidth()) {
                throw new IOException(
                        base + ": the text encoder gives " + text.config().width()
                                + " numbers for a token, the UNet reads "
                                + unet.config().contextWidth()
                                + ": parts of different models lie together");
            }
            if (lora != null) {
                LoraFile.Parts read = LoraFile.read(loading, lora);
                merge(lora, read.unet(), loraScale, use -> unet.merge(loading, use));
                merge(lora, read.text(), loraScale, use -> text.merge(scope, use));
            }
            UNet whole = adapter == null ? unet : adapted(loading, unet);
            try {
                StableDiffusionPrior prior = new StableDiffusionPrior(
                        scope, whole, parts.vae(), parts.scheduler().schedule(), adapterScale, precision);
                return new Open(prior, (s, words) -> states(s, parts.tokenizer(), text, words));
            } catch (IllegalArgumentException e) {
                throw new IOException(base + (adapter == null ? "" : " with " + adapter) + ": " + e.getMessage(), e);
            }
        }
    }

    private static NDArray states(Scope s, ClipTokenizer tokenizer, ClipText text, String words) {
        try (Torch.Mode off = Torch.noGradient()) {
            return text.encode(s, tokenizer.encode(List.of(words)), 0).states();
        }
    }

    /** @param kept keeps the text encoder, which is used as it is */
    private Parts parts(Scope loading, Scope kept) throws IOException {
        if (Files.isDirectory(base)) {
            DiffusersFolder folder = DiffusersFolder.open(base);
            SchedulerConfig scheduler = folder.scheduler();
            Prediction told = scheduler.schedule().prediction();
            if (predicts != null && predicts != told) {
                throw new IOException(base + ": was added as weights that predict "
                        + predicts.name().toLowerCase()
                        + ", its scheduler_config.json says " + told.name().toLowerCase() + ": add it anew without"
                        + " --predicts, or correct the file");
            }
            return new Parts(
                    folder.unet(loading), folder.vae(loading), folder.text(kept), scheduler, folder.tokenizer());
        }
        if (words == null) {
            throw new IOException(base + ": a single file holds no tokenizer: name a diffusers folder of the same"
                    + " family, whose tokenizer is used");
        }
        SingleFile file = SingleFile.open(base, predicts);
        return new Parts(
                file.unet(loading),
                file.vae(loading),
                file.text(kept),
                file.scheduler(),
                DiffusersFolder.open(words).tokenizer());
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
