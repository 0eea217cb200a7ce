// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Script;
import org.eidolon.torch.Torch;

/**
 * Autoencoder between images and the latents in which Stable Diffusion works (Rombach et al. 2022). Images are
 * (B, 3, H, W) in [−1, 1], latents a factor of 2 smaller for each level but the last. Differentiable in images, latents
 * and weights. Safe for use by several threads.
 *
 * <p>Channels stay outermost, on a GPU too: torch's group norms want them so, and copying there and back costs more than its
 * convolutions gain (four pictures of 512² on an H100: encoding and its gradient 81 ms, with channels innermost 101).
 */
public final class Vae {
    /** A Gaussian over latents: mean and logarithm of the variance, before they are scaled for the UNet. */
    public record Moments(NDArray mean, NDArray logVariance) {}

    private final VaeConfig config;
    private final VaeLayout encoderLayout;
    private final VaeLayout decoderLayout;
    private final long[] encoding;
    private final long[] decoding;
    private final List<NDArray> encoder;
    private final List<NDArray> decoder;
    private final Precision prepared;

    private Vae(VaeConfig config, List<NDArray> encoder, List<NDArray> decoder, Precision prepared) {
        this.config = config;
        this.encoder = encoder;
        this.decoder = decoder;
        this.prepared = prepared;
        encoderLayout = VaeLayout.encoder(config);
        decoderLayout = VaeLayout.decoder(config);
        encoding = encoderLayout.program();
        decoding = decoderLayout.program();
    }

    /**
     * An autoencoder over tensors that are already there, by diffusers' names; whether they require gradients is the
     * caller's.
     *
     * @throws IllegalArgumentException naming key, shape and expectation of a missing or misshapen weight
     */
    public static Vae of(VaeConfig config, Map<String, NDArray> tensors) {
        return new Vae(
                config,
                VaeLayout.encoder(config).take("VAE weights", tensors),
                VaeLayout.decoder(config).take("VAE weights", tensors),
                null);
    }

    private static Script kernels() {
        return Script.load(Vae.class, "vae.py");
    }

    /** Its sizes. */
    public VaeConfig config() {
        return config;
    }

    /** Names and shapes of a configuration's weights. */
    public static Map<String, long[]> shapes(VaeConfig config) {
        Map<String, long[]> all = VaeLayout.encoder(config).shapes();
        all.putAll(VaeLayout.decoder(config).shapes());
        return all;
    }

    /** Weights by name: encoder, then decoder. */
    public Map<String, NDArray> parameters() {
        Map<String, NDArray> map = new LinkedHashMap<>();
        for (int i = 0; i < encoder.size(); i++) {
            map.put(encoderLayout.slots().get(i).name(), encoder.get(i));
        }
        for (int i = 0; i < decoder.size(); i++) {
            map.put(decoderLayout.slots().get(i).name(), decoder.get(i));
        }
        return map;
    }

    /** A copy whose weights are cast once; they take no gradients, images and latents still do. */
    public Vae prepare(Scope scope, Precision precision) {
        try (var off = Torch.noGradient()) {
            return new Vae(
                    config,
                    kernels().callAll(scope, "prepare", encoder, precision.code()),
                    kernels().callAll(scope, "prepare", decoder, precision.code()),
                    precision);
        }
    }

    /**
     * The Gaussian over latents of images (B, inChannels, H, W).
     *
     * @throws IllegalArgumentException when channels do not fit, or H or W are too small to be halved
     */
    public Moments encode(Scope s, NDArray images, Precision precision) {
        checked(images, precision);
        List<NDArray> both = kernels().callAll(s, "moments", run(s, images, encoder, encoding, precision));
        return new Moments(both.get(0), both.get(1));
    }

    /**
     * What the encoder's levels make of images, finest first, each before it is halved: (B, width, H, W),
     * (B, width, H/2, W/2)…; differentiable. A distance between pictures can be taken there.
     *
     * @param levels how many, at most all but the last
     */
    public List<NDArray> features(Scope s, NDArray images, int levels, Precision precision) {
        if (levels < 1 || levels >= config.channels().size()) {
            throw new IllegalArgumentException("VAE: " + levels + " levels of features, expected 1 to "
                    + (config.channels().size() - 1));
        }
        checked(images, precision);
        return kernels()
                .callAll(
                        s,
                        "features",
                        images,
                        encoder,
                        encoding,
                        config.groups(),
                        config.activation().ordinal(),
                        precision.code(),
                        prepared != null,
                        levels);
    }

    /** The UNet's latents of images: means, scaled. */
    public NDArray latents(Scope s, NDArray images, Precision precision) {
        return latents(s, encode(s, images, precision), null);
    }

    /**
     * The UNet's latents of moments.
     *
     * @param noise standard normal as the mean, or null for the mean itself
     */
    public NDArray latents(Scope s, Moments moments, NDArray noise) {
        return kernels()
                .call(
                        s,
                        "latent",
                        moments.mean(),
                        moments.logVariance(),
                        NoiseSchedule.optional(noise),
                        config.scale(),
                        config.shift());
    }

    /** Images (B, outChannels, H, W) of the UNet's latents. */
    public NDArray decode(Scope s, NDArray latents, Precision precision) {
        Shape is = latents.getShape();
        if (is.dimension() != 4 || is.get(1) != config.latentChannels()) {
            throw new IllegalArgumentException(
                    "VAE input: latents have shape " + is + ", expected (B, " + config.latentChannels() + ", h, w)");
        }
        NDArray plain = kernels().call(s, "unscaled", latents, config.scale(), config.shift());
        return run(s, plain, decoder, decoding, precision);
    }

    private void checked(NDArray images, Precision precision) {
        long least = 1L << (config.channels().size() - 1);
        Shape is = images.getShape();
        if (is.dimension() != 4 || is.get(1) != config.inChannels() || is.get(2) < least || is.get(3) < least) {
            throw new IllegalArgumentException("VAE input: images have shape " + is + ", expected (B, "
                    + config.inChannels() + ", H, W) with H and W from " + least);
        }
        checked(precision);
    }

    private void checked(Precision precision) {
        if (prepared != null && prepared != precision) {
            throw new IllegalArgumentException("this VAE was prepared for " + prepared + ", not " + precision);
        }
    }

    private NDArray run(Scope s, NDArray x, List<NDArray> weights, long[] program, Precision precision) {
        checked(precision);
        return kernels()
                .call(
                        s,
                        "forward",
                        x,
                        weights,
                        program,
                        config.groups(),
                        config.activation().ordinal(),
                        precision.code(),
                        prepared != null);
    }
}
