// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.util.Collections;
import java.util.List;

/**
 * Sizes of a denoising UNet. Stable Diffusion's UNet and our small priors are the same classes with other sizes; the
 * names of the weights follow diffusers, so that published safetensors load by name.
 *
 * @param inChannels channels of the noisy image or latent
 * @param outChannels channels of the prediction
 * @param patch pixel-unshuffle factor in front and shuffle behind; 1 for Stable Diffusion
 * @param channels width of each level, finest first
 * @param resBlocks residual blocks of each level on the way down (one more on the way up)
 * @param attention which levels carry transformer blocks
 * @param heads attention heads of each level (width divided by heads is the head's width)
 * @param depths transformer blocks in each attention, per level
 * @param midAttention whether the middle has a transformer block
 * @param feedForward hidden width of the feed-forward, as a multiple of the level's width (4 in Stable Diffusion)
 * @param linearProjection projections in and out of a transformer stored as matrices (SD 2.1), not 1×1 convolutions
 * @param contextWidth width of the tokens that cross-attention reads
 * @param textWidth width of a sentence embedding that is projected to tokens; 0 when tokens are given directly
 * @param textTokens tokens made of a sentence embedding
 * @param identityWidth width of the identity embedding; 0 when there is no identity branch
 * @param identityTokens tokens made of the identity embedding
 * @param featureWidth width of the identity encoder's feature map; 0 when it is not read
 * @param featurePositions places in the feature map (7×7 = 49)
 * @param learnedNull unconditional identity is a learned null token; otherwise the embedding is set to zero
 * @param pooled text, identity and feature map are added to the time embedding too
 * @param viewWidth length of the view code added to the time embedding; 0 for none
 * @param identityCode length of a code read from the identity, added to the time embedding and made into tokens of the
 *     identity; 0 for none
 * @param textCode the same, read from the words
 * @param codeTokens tokens made of each code
 * @param groups groups of every group norm
 * @param epsilon epsilon of the residual blocks' group norms
 * @param timeWidth width of the sinusoidal time embedding
 * @param embeddingWidth width of the time embedding after its MLP
 * @param scaleShift time embedding scales and shifts the second norm; otherwise it is added (Stable Diffusion)
 * @param variant what differs from Stable Diffusion without being a size; null for nothing
 */
public record UNetConfig(
        int inChannels,
        int outChannels,
        int patch,
        List<Integer> channels,
        List<Integer> resBlocks,
        List<Boolean> attention,
        List<Integer> heads,
        List<Integer> depths,
        boolean midAttention,
        int feedForward,
        boolean linearProjection,
        int contextWidth,
        int textWidth,
        int textTokens,
        int identityWidth,
        int identityTokens,
        int featureWidth,
        int featurePositions,
        boolean learnedNull,
        boolean pooled,
        int viewWidth,
        int identityCode,
        int textCode,
        int codeTokens,
        int groups,
        double epsilon,
        int timeWidth,
        int embeddingWidth,
        boolean scaleShift,
        UNetVariant variant) {

    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();

    /** Checks sizes; the message names the field. */
    public UNetConfig {
        require(channels != null && !channels.isEmpty(), "channels", "at least one level");
        int n = channels.size();
        require(resBlocks != null && resBlocks.size() == n, "resBlocks", "one number for each level");
        require(attention != null && attention.size() == n, "attention", "one flag for each level");
        require(heads != null && heads.size() == n, "heads", "one number for each level");
        require(depths != null && depths.size() == n, "depths", "one number for each level");
        channels = List.copyOf(channels);
        resBlocks = List.copyOf(resBlocks);
        attention = List.copyOf(attention);
        heads = List.copyOf(heads);
        depths = List.copyOf(depths);
        variant = variant == null ? UNetVariant.STANDARD : variant;
        List<Boolean> context = variant.onlyContext();
        require(context.isEmpty() || context.size() == n, "variant.onlyContext", "one flag for each level");
        require(inChannels > 0 && outChannels > 0 && patch > 0, "inChannels, outChannels, patch", "positive");
        require(groups > 0 && n <= 16, "groups", "positive, and at most 16 levels");
        for (int i = 0; i < n; i++) {
            int c = channels.get(i);
            require(c > 0 && c <= 16384 && c % groups == 0, "channels", "multiples of groups (" + groups + ")");
            require(resBlocks.get(i) > 0 && resBlocks.get(i) <= 64, "resBlocks", "between 1 and 64");
            require(depths.get(i) > 0 && depths.get(i) <= 64, "depths", "between 1 and 64");
            boolean used = attention.get(i) || midAttention && i == n - 1;
            require(!used || heads.get(i) > 0 && c % heads.get(i) == 0, "heads", "divisors of the level's width");
        }
        require(timeWidth > 1 && timeWidth % 2 == 0 && embeddingWidth > 0, "timeWidth, embeddingWidth", "even");
        require(contextWidth > 0 && feedForward > 0, "contextWidth, feedForward", "positive");
        require(textWidth == 0 || textTokens > 0, "textTokens", "positive when textWidth is");
        require(identityWidth == 0 || identityTokens > 0, "identityTokens", "positive when identityWidth is");
        require(
                featureWidth == 0 || identityWidth > 0 && featurePositions > 0,
                "featureWidth",
                "0 unless there are identityWidth and featurePositions");
        require(identityCode == 0 || identityWidth > 0, "identityCode", "0 unless there is identityWidth");
        require(identityCode + textCode == 0 || codeTokens > 0, "codeTokens", "positive when there are codes");
    }

    /** Levels, finest first. */
    public int levels() {
        return channels.size();
    }

    /**
     * The recommended starter prior for 64² images: patch 2, levels at 32², 16², 8², attention at the two coarser
     * ones, MobileFaceNet identity (192 numbers and its 7×7×128 map), MiniLM sentence (384), no codes but the view's.
     */
    public static UNetConfig starter(int inChannels, int viewWidth) {
        return new UNetConfig(
                inChannels,
                inChannels,
                2,
                List.of(128, 128, 160),
                List.of(2, 1, 1),
                List.of(false, true, true),
                List.of(4, 4, 5),
                List.of(1, 1, 1),
                true,
                2,
                true,
                128,
                384,
                4,
                192,
                4,
                128,
                49,
                true,
                true,
                viewWidth,
                0,
                0,
                0,
                32,
                1e-5,
                128,
                256,
                true,
                UNetVariant.STANDARD);
    }

    /** A UNet of a few thousand weights, for tests of trainers: 16² images upwards. */
    public static UNetConfig tiny(int inChannels, int viewWidth) {
        return new UNetConfig(
                inChannels,
                inChannels,
                2,
                List.of(16, 32),
                List.of(1, 1),
                List.of(false, true),
                List.of(1, 2),
                List.of(1, 1),
                true,
                2,
                true,
                16,
                384,
                2,
                192,
                2,
                128,
                49,
                true,
                true,
                viewWidth,
                0,
                0,
                0,
                4,
                1e-5,
                16,
                32,
                true,
                UNetVariant.STANDARD);
    }

    /** Stable Diffusion 1.5 (latents of 4 channels, CLIP ViT-L/14 tokens). */
    public static UNetConfig stableDiffusion15() {
        return stableDiffusion(List.of(8, 8, 8, 8), 768, false);
    }

    /** Stable Diffusion 2.1 (head width 64, OpenCLIP tokens; train it with v-prediction). */
    public static UNetConfig stableDiffusion21() {
        return stableDiffusion(List.of(5, 10, 20, 20), 1024, true);
    }

    private static UNetConfig stableDiffusion(List<Integer> heads, int context, boolean linear) {
        return published(
                4,
                4,
                List.of(320, 640, 1280, 1280),
                Collections.nCopies(4, 2),
                List.of(true, true, true, false),
                heads,
                Collections.nCopies(4, 1),
                linear,
                context,
                32,
                1e-5,
                1280,
                false,
                UNetVariant.STANDARD);
    }

    /** A UNet of Stable Diffusion's family: told tokens and a timestep and nothing else. */
    public static UNetConfig published(
            int inChannels,
            int outChannels,
            List<Integer> channels,
            List<Integer> resBlocks,
            List<Boolean> attention,
            List<Integer> heads,
            List<Integer> depths,
            boolean linearProjection,
            int contextWidth,
            int groups,
            double epsilon,
            int embeddingWidth,
            boolean scaleShift,
            UNetVariant variant) {
        return new UNetConfig(
                inChannels,
                outChannels,
                1,
                channels,
                resBlocks,
                attention,
                heads,
                depths,
                true,
                4,
                linearProjection,
                contextWidth,
                0,
                0,
                0,
                0,
                0,
                0,
                false,
                false,
                0,
                0,
                0,
                0,
                groups,
                epsilon,
                channels.isEmpty() ? 0 : channels.getFirst(),
                embeddingWidth,
                scaleShift,
                variant);
    }

    /** The same UNet with an identity branch as IP-Adapter-FaceID has: embedding to four tokens, zero when absent. */
    public UNetConfig withIdentity(int width, int tokens) {
        return withBranch(width, tokens, false);
    }

    /** The same UNet with the branch of IP-Adapter for CLIP's image embeddings; zero when absent. */
    public UNetConfig withImage(int width, int tokens) {
        return withBranch(width, tokens, true);
    }

    private UNetConfig withBranch(int width, int tokens, boolean image) {
        UNetVariant kind = variant.withImageEmbedding(image);
        return told(width, tokens, 0, 0, false, pooled, identityCode, textCode, codeTokens, kind);
    }

    /**
     * The same UNet with codes of other lengths, each also made into so many tokens. They take the place of the pooled
     * parts.
     */
    public UNetConfig withCodes(int identity, int text, int tokens) {
        return told(
                identityWidth,
                identityTokens,
                featureWidth,
                featurePositions,
                learnedNull,
                false,
                identity,
                text,
                tokens,
                variant);
    }

    /** The same UNet told text and view and of no person: a base for LoRAs and adapters. */
    public UNetConfig withoutPerson() {
        return told(0, 0, 0, 0, false, false, 0, 0, 0, variant);
    }

    /** The same network, told of a person and of codes in another way. */
    private UNetConfig told(
            int personWidth,
            int personTokens,
            int mapWidth,
            int mapPositions,
            boolean nullToken,
            boolean pool,
            int personCode,
            int wordsCode,
            int tokensOfCode,
            UNetVariant kind) {
        return new UNetConfig(
                inChannels,
                outChannels,
                patch,
                channels,
                resBlocks,
                attention,
                heads,
                depths,
                midAttention,
                feedForward,
                linearProjection,
                contextWidth,
                textWidth,
                textTokens,
                personWidth,
                personTokens,
                mapWidth,
                mapPositions,
                nullToken,
                pool,
                viewWidth,
                personCode,
                wordsCode,
                tokensOfCode,
                groups,
                epsilon,
                timeWidth,
                embeddingWidth,
                scaleShift,
                kind);
    }

    /** JSON with every field. */
    public String toJson() {
        return GSON.toJson(this);
    }

    /** Reads what {@link #toJson} wrote; an error names the field that does not fit. */
    public static UNetConfig fromJson(String json) {
        try {
            UNetConfig c = GSON.fromJson(json, UNetConfig.class);
            require(c != null, "(all)", "present");
            return c;
        } catch (JsonParseException e) {
            throw new IllegalArgumentException(
                    "UNet configuration is not valid JSON of its kind: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            // Gson wraps what a record's constructor throws
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            throw cause instanceof IllegalArgumentException i ? i : new IllegalArgumentException(cause);
        }
    }

    private static void require(boolean ok, String field, String expected) {
        if (!ok) {
            throw new IllegalArgumentException("UNet configuration: '" + field + "' must be " + expected);
        }
    }
}
