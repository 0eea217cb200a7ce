// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.latent;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.eidolon.diffusion.Conditioning;
import org.eidolon.diffusion.Guidance;
import org.eidolon.diffusion.NoiseSchedule;
import org.eidolon.diffusion.Precision;
import org.eidolon.diffusion.UNet;
import org.eidolon.diffusion.UNetConfig;
import org.eidolon.diffusion.Vae;
import org.eidolon.diffusion.VaeConfig;
import org.eidolon.torch.Scope;

/**
 * A Stable Diffusion as a prior: its UNet, with LoRA and FaceID in it, and its autoencoder, both prepared for inference.
 * {@link PublishedPrior} makes it of files.
 */
public final class StableDiffusionPrior implements LatentPrior {
    /** Levels of the encoder whose features are compared. */
    private static final int FEATURES = 3;

    private final UNet unet;
    private final Vae vae;
    private final NoiseSchedule schedule;
    private final double identityScale;
    private final Precision precision;

    /**
     * @param scope keeps the copies that are made for the precision
     * @param unet weights of float32, which may go afterwards
     * @param vae the same
     * @param identityScale λ of the attention to a person
     * @throws IllegalArgumentException if UNet, autoencoder and schedule do not fit one another
     */
    public StableDiffusionPrior(
            Scope scope, UNet unet, Vae vae, NoiseSchedule schedule, double identityScale, Precision precision) {
        check(unet.config(), vae.config(), schedule);
        this.unet = unet.prepare(scope, precision);
        this.vae = vae.prepare(scope, precision);
        this.schedule = schedule;
        this.identityScale = identityScale;
        this.precision = precision;
    }

    /** @throws IllegalArgumentException naming what does not fit */
    static void check(UNetConfig unet, VaeConfig vae, NoiseSchedule schedule) {
        if (vae.latentChannels() != CHANNELS || vae.inChannels() != 3 || vae.outChannels() != 3) {
            throw new IllegalArgumentException("the autoencoder makes latents of " + vae.latentChannels()
                    + " channels from pictures of " + vae.inChannels() + "; the stages need " + CHANNELS + " from 3");
        }
        if (unet.inChannels() != CHANNELS || unet.outChannels() != CHANNELS) {
            throw new IllegalArgumentException("the UNet reads " + unet.inChannels() + " channels and gives "
                    + unet.outChannels() + ", the autoencoder's latents have " + CHANNELS
                    + ": inpainting, depth and upscaling models are no priors; use the plain one");
        }
        if (vae.channels().size() < 2) {
            throw new IllegalArgumentException(
                    "the autoencoder has one level: its latents are no smaller than pictures");
        }
        if (unet.variant().imageEmbedding()) {
            throw new IllegalArgumentException(
                    "the IP-Adapter reads CLIP's image embeddings, which nothing here makes: use an IP-Adapter-FaceID");
        }
        if (schedule.prediction() == NoiseSchedule.Prediction.NOISE && schedule.alphaBar(schedule.steps() - 1) <= 0) {
            throw new IllegalArgumentException("the schedule ends in pure noise (zero terminal SNR), from which a"
                    + " prediction of noise says nothing: such weights predict velocity (\"v_prediction\")");
        }
    }

    /** What the networks compute in. */
    public Precision precision() {
        return precision;
    }

    @Override
    public NoiseSchedule schedule() {
        return schedule;
    }

    @Override
    public int factor() {
        return factor(vae.config());
    }

    static int factor(VaeConfig vae) {
        return 1 << (vae.channels().size() - 1);
    }

    static int multiple(UNetConfig unet, VaeConfig vae) {
        return factor(vae) << (unet.levels() - 1);
    }

    @Override
    public int multiple() {
        return multiple(unet.config(), vae.config());
    }

    @Override
    public int identityWidth() {
        return unet.config().identityWidth();
    }

    @Override
    public NDArray encode(Scope s, NDArray pictures) {
        return vae.latents(s, pictures, precision);
    }

    @Override
    public NDArray decode(Scope s, NDArray latents) {
        return vae.decode(s, latents, precision);
    }

    @Override
    public List<NDArray> features(Scope s, NDArray pictures) {
        return vae.features(
                s, pictures, Math.min(FEATURES, vae.config().channels().size() - 1), precision);
    }

    @Override
    public NDArray predict(Scope s, NDArray z, NDArray t, Conditioning unwanted, Conditioning wanted, double guidance) {
        Conditioning told = wanted.withIdentityScale(identityScale);
        if (guidance == 1) return unet.forward(s, z, t, told, precision);
        // a batch has the scale of its first branch
        List<Conditioning> branches = List.of(unwanted.withIdentityScale(identityScale), told);
        return Guidance.of(guidance).predict(s, unet, z, t, branches, precision);
    }
}
