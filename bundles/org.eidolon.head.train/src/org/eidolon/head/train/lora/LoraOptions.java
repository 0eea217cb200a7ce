// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.train.lora;

import java.nio.file.Path;
import org.eidolon.diffusion.Precision;
import org.eidolon.diffusion.published.StableDiffusionFiles;
import org.eidolon.head.prior.Domain;

/**
 * How a LoRA is trained.
 *
 * @param base of what a LoRA is trained
 * @param data folder of images, or null for renders
 * @param heads ICT-FaceKit folder or pack to render, or null for images
 * @param domain what renders show
 * @param pictures how many renders there are
 * @param out file that the LoRA is written to
 * @param rank of the LoRA
 * @param alpha of the LoRA; alpha / rank scales it
 * @param steps optimiser steps in all, over all resumed runs; 0 to go by minutes alone
 * @param minutes of this run; 0 for no limit
 * @param batch pictures that go through the network at once
 * @param accumulation such batches for each step
 * @param learningRate after warming up
 * @param warmUp steps over which the rate rises
 * @param seed of weights, order and noise
 * @param device as {@code Torch.device} takes it
 * @param precision of the frozen network, or null for what suits the device
 * @param checkpointing activations are computed anew going backwards
 * @param ema decay of the average that is written; 0 for the last values
 * @param resume go on from the checkpoint beside the file
 * @param arcface id of an ArcFace that tells identities, or null
 * @param adapters whether adapters for identity (and expression, of renders) are trained beside the LoRA
 * @param caption of pictures that have none, or null
 * @param resolution width and height of the pictures
 * @param sampleSteps steps of the samples that are drawn at the end; 0 for none
 * @param checkpointMinutes between checkpoints
 */
public record LoraOptions(
        StableDiffusionFiles base,
        Path data,
        Path heads,
        Domain domain,
        int pictures,
        Path out,
        int rank,
        double alpha,
        long steps,
        double minutes,
        int batch,
        int accumulation,
        double learningRate,
        int warmUp,
        long seed,
        String device,
        Precision precision,
        boolean checkpointing,
        double ema,
        boolean resume,
        String arcface,
        boolean adapters,
        String caption,
        int resolution,
        int sampleSteps,
        double checkpointMinutes) {

    public LoraOptions {
        require((data == null) != (heads == null), "give either --data or --heads");
        require(steps > 0 || minutes > 0, "training would never end: give --steps or --minutes");
        require(steps >= 0 && minutes >= 0, "--steps and --minutes must not be negative");
        require(rank > 0 && alpha > 0, "--rank and --alpha must be positive");
        require(
                batch > 0 && accumulation > 0 && pictures > 0,
                "--batch, --accumulation and --pictures must be positive");
        require(learningRate > 0 && warmUp >= 0, "--learning-rate must be positive, --warm-up not negative");
        require(ema >= 0 && ema < 1, "--ema must be at least 0 and below 1");
        require(resolution >= 8 && resolution % 8 == 0, "--resolution must be a multiple of 8");
        require(out.toString().endsWith(".safetensors"), "--out must be a .safetensors file, not " + out);
    }

    private static void require(boolean fits, String otherwise) {
        if (!fits) throw new IllegalArgumentException(otherwise);
    }

    /** Where checkpoint, latents and samples lie: a folder beside the file. */
    Path work() {
        String name = out.toAbsolutePath().getFileName().toString();
        return out.toAbsolutePath()
                .resolveSibling(name.substring(0, name.length() - ".safetensors".length()) + ".train");
    }

    /** A file beside the LoRA's. */
    Path beside(String what) {
        String name = out.toAbsolutePath().getFileName().toString();
        return out.toAbsolutePath()
                .resolveSibling(
                        name.substring(0, name.length() - ".safetensors".length()) + "." + what + ".safetensors");
    }

    /** What a checkpoint must have been made with. */
    String signature() {
        return "rank " + rank + ", alpha " + alpha + ", batch " + batch + ", accumulation " + accumulation + ", seed "
                + seed + ", resolution " + resolution + ", ema " + ema + ", adapters " + adapters + ", arcface "
                + arcface
                + (heads == null ? "" : ", " + domain + ", pictures " + pictures);
    }
}
