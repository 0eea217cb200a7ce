// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eidolon.diffusion.Conditioning;
import org.eidolon.diffusion.NoiseSchedule.Prediction;
import org.eidolon.diffusion.Precision;
import org.eidolon.diffusion.published.DiffusersFolder;
import org.eidolon.head.latent.PublishedPrior;
import org.eidolon.testing.head.Fixtures;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of published weights put together to a prior, in miniature. */
class PublishedPriorTest {
    @TempDir
    Path folder;

    private Scope scope;
    private PublishedMiniature miniature;
    private Path base;

    @BeforeEach
    void open() throws IOException {
        scope = Scope.open(Torch.device("cpu"));
        miniature = new PublishedMiniature(folder);
        base = miniature.base("base");
    }

    @AfterEach
    void close() {
        scope.close();
    }

    private PublishedPrior prior(Prediction predicts, Path lora, double loraScale, Path adapter, double adapterScale) {
        return new PublishedPrior(base, predicts, null, lora, loraScale, adapter, adapterScale);
    }

    private PublishedPrior plain() {
        return prior(null, null, 1, null, 1);
    }

    /** What the denoiser says of fixed noise, told the words and a person of a kind. */
    private float[] said(PublishedPrior files, float person) throws IOException {
        PublishedPrior.Open open = files.open(scope, Precision.FLOAT32);
        NDArray words = open.text().states(scope, "a photo of a smiling face");
        Conditioning wanted = Conditioning.text(words);
        Conditioning unwanted = Conditioning.text(open.text().states(scope, "blurred"));
        if (files.adapter() != null) {
            wanted = wanted.withIdentity(scope.full(person, 1, 512), null);
            unwanted = unwanted.withIdentity(scope.zeros(1, 512), null);
        }
        try (var off = Torch.noGradient()) {
            float[] z = new float[4 * 8 * 8];
            for (int i = 0; i < z.length; i++) z[i] = (float) Math.sin(i);
            return open.prior()
                    .predict(scope, scope.of(z, 1, 4, 8, 8), scope.full(400, 1), unwanted, wanted, 3)
                    .toFloatArray();
        }
    }

    @Test
    void loraAndFaceIdTakePartAtTheirStrength() throws IOException {
        float[] alone = said(plain(), 0);
        Path lora =
                miniature.lora("style.safetensors", DiffusersFolder.open(base).unetConfig());
        Path face = miniature.faceId(base, "face.safetensors", 512);
        assertThat(said(prior(null, lora, 1, null, 1), 0)).isNotEqualTo(alone);
        assertThat(said(prior(null, lora, 0, null, 1), 0)).containsExactly(alone, within(1e-5f));
        assertThat(said(prior(null, null, 1, face, 0), 0.04f)).containsExactly(alone, within(1e-5f));
        float[] somebody = said(prior(null, null, 1, face, 1), 0.04f);
        assertThat(somebody).isNotEqualTo(alone);
        assertThat(said(prior(null, null, 1, face, 1), -0.04f)).isNotEqualTo(somebody);
    }

    @Test
    void whatIsPredictedMustAgree() throws IOException {
        assertThat(plain().open(scope, Precision.FLOAT32).prior().schedule().prediction())
                .isEqualTo(Prediction.NOISE);
        assertThatThrownBy(() -> prior(Prediction.VELOCITY, null, 1, null, 1).open(scope, Precision.FLOAT32))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("predict velocity", "says noise", "--predicts");
        Path scheduler = base.resolve("scheduler/scheduler_config.json");
        String config = Files.readString(scheduler);
        Files.writeString(scheduler, with(config, "\"rescale_betas_zero_snr\": true"));
        assertThatThrownBy(() -> plain().open(scope, Precision.FLOAT32))
                .hasMessageContainingAll("zero terminal SNR", "v_prediction");
        Files.writeString(
                scheduler, with(config.replace("\"epsilon\"", "\"v_prediction\""), "\"rescale_betas_zero_snr\": true"));
        assertThat(prior(Prediction.VELOCITY, null, 1, null, 1)
                        .open(scope, Precision.FLOAT32)
                        .prior()
                        .schedule()
                        .prediction())
                .isEqualTo(Prediction.VELOCITY);
        Files.delete(scheduler);
        assertThatThrownBy(() -> plain().open(scope, Precision.FLOAT32))
                .hasMessageContainingAll("scheduler_config.json", "missing");
    }

    /** The same configuration with one more field, in the place of one of that name. */
    private static String with(String config, String field) {
        String name = field.substring(0, field.indexOf(':'));
        return config.replaceAll(name + ": *[^,}]*,", "").replaceFirst("\\{", "{" + field + ",");
    }

    @Test
    void whatIsNoPriorIsRefused() throws IOException {
        Path plainAdapter = Fixtures.diffusion("ip_adapter.safetensors");
        assertThatThrownBy(() -> prior(null, null, 1, plainAdapter, 1).open(scope, Precision.FLOAT32))
                .hasMessageContainingAll("CLIP's image embeddings", "use an IP-Adapter-FaceID");
        Path single = base.resolve("vae/diffusion_pytorch_model.safetensors");
        assertThatThrownBy(
                        () -> new PublishedPrior(single, null, null, null, 1, null, 1).open(scope, Precision.FLOAT32))
                .hasMessageContainingAll("holds no tokenizer", "diffusers folder");
        Files.delete(base.resolve("text_encoder/config.json"));
        assertThatThrownBy(() -> plain().open(scope, Precision.FLOAT32)).hasMessageContaining("'text_encoder'");
    }
}
