// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion.published;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.eidolon.diffusion.ClipConfig;
import org.eidolon.diffusion.ClipText;
import org.eidolon.diffusion.ClipTokenizer;
import org.eidolon.diffusion.NoiseSchedule.Prediction;
import org.eidolon.diffusion.SchedulerConfig;
import org.eidolon.diffusion.UNet;
import org.eidolon.diffusion.UNetConfig;
import org.eidolon.diffusion.Vae;
import org.eidolon.diffusion.VaeConfig;
import org.eidolon.torch.Scope;

/**
 * A Stable Diffusion as people have it on disk, a diffusers folder or a single file. Each part is read when it is asked for;
 * weights become float32 and take no gradients. What is missing or does not fit is told by an {@link IOException} that
 * names the file, and the key where it is one.
 */
public sealed interface StableDiffusionFiles permits DiffusersFolder, SingleFile {

    /**
     * Opens a folder or a file.
     *
     * @param predicts what a single file's UNet predicts, null for version 1; of a folder null, or what its scheduler says
     * @param tokenizer a diffusers folder whose tokenizer is used where the base is a single file; or null
     * @throws IOException also when a single file comes without a tokenizer, or a folder predicts something else
     */
    static StableDiffusionFiles open(Path base, Prediction predicts, Path tokenizer) throws IOException {
        if (!Files.isDirectory(base)) {
            if (tokenizer == null) {
                throw new IOException(base + ": a single file holds no tokenizer: name a diffusers folder of the same"
                        + " family whose tokenizer is used (--tokenizer; in a graph the parameter 'tokenizer' of"
                        + " prior.published)");
            }
            return SingleFile.open(base, predicts, DiffusersFolder.open(tokenizer));
        }
        DiffusersFolder folder = DiffusersFolder.open(base);
        if (predicts != null) {
            Prediction told = folder.scheduler().schedule().prediction();
            if (predicts != told) {
                throw new IOException(base + ": is told to predict "
                        + predicts.name().toLowerCase(Locale.ROOT)
                        + ", its scheduler_config.json says " + told.name().toLowerCase(Locale.ROOT)
                        + ": leave --predicts out, here or when adding it, or correct the file");
            }
        }
        return folder;
    }

    /**
     * Checks configurations, names and shapes of all parts that are there, without reading weights.
     *
     * @return the files that belong to them
     * @throws IOException naming file, key and expectation for the first thing that does not fit
     */
    List<Path> check() throws IOException;

    /** The UNet's sizes. */
    UNetConfig unetConfig() throws IOException;

    /** The UNet. */
    UNet unet(Scope scope) throws IOException;

    /** The autoencoder's sizes. */
    VaeConfig vaeConfig() throws IOException;

    /** The autoencoder. */
    Vae vae(Scope scope) throws IOException;

    /** The file or the folder that the autoencoder lies in. */
    Path vaeAt();

    /** The text encoder's sizes. */
    ClipConfig textConfig() throws IOException;

    /** The text encoder. */
    ClipText text(Scope scope) throws IOException;

    /** The tokenizer. */
    ClipTokenizer tokenizer() throws IOException;

    /** How noise is scheduled and taken out. */
    SchedulerConfig scheduler() throws IOException;

    /** All parts together. */
    default StableDiffusion all(Scope scope) throws IOException {
        return new StableDiffusion(tokenizer(), text(scope), unet(scope), vae(scope), scheduler());
    }
}
