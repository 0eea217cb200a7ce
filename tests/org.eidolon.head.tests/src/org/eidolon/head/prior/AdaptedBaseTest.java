// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.prior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.eidolon.diffusion.Conditioning;
import org.eidolon.diffusion.Lora;
import org.eidolon.diffusion.NoiseSchedule;
import org.eidolon.diffusion.Precision;
import org.eidolon.diffusion.UNet;
import org.eidolon.diffusion.UNetConfig;
import org.eidolon.head.view.Framing;
import org.eidolon.head.view.View;
import org.eidolon.head.view.ViewCode;
import org.eidolon.models.Sha256;
import org.eidolon.render.Light;
import org.eidolon.torch.SafeTensorsWriter;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdaptedBaseTest {
    private static final String ENCODER = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private static final UNetConfig CONFIG = UNetConfig.tiny(3, ViewCode.LENGTH).withCodes(0, 0, 0);
    private static final double ALPHA = 6;

    @TempDir
    Path folder;

    /** The same numbers on every machine. */
    @BeforeAll
    static void exactly() {
        System.setProperty("eidolon.precision", "float32");
    }

    @AfterAll
    static void asFastAsCanBe() {
        System.clearProperty("eidolon.precision");
    }

    private Scope scope;
    private UNet base;
    private Path baseFile;

    @BeforeEach
    void base() throws IOException {
        scope = Scope.open(Torch.device("cpu"));
        base = UNet.create(scope, CONFIG.withoutPerson(), 3);
        stir(base.parameters());
        baseFile = write("base", Domain.BASE, base.config(), null, base.parameters());
    }

    @AfterEach
    void close() {
        scope.close();
    }

    /** Weights that start at zero would hide what is before them. */
    private void stir(Map<String, NDArray> weights) {
        Random random = new Random(9);
        try (var off = Torch.noGradient()) {
            weights.forEach((name, w) -> {
                float[] values = w.toFloatArray();
                for (int i = 0; i < values.length; i++) values[i] += 0.05f * (float) random.nextGaussian();
                w.set(values);
            });
        }
    }

    private Path write(String name, Domain domain, UNetConfig config, PriorCard.Base on, Map<String, NDArray> tensors)
            throws IOException {
        PriorCard card = new PriorCard(
                domain.id(),
                domain,
                config,
                64,
                NoiseSchedule.Prediction.VELOCITY,
                "identity/one",
                ENCODER,
                "text/one",
                ViewCode.LENGTH,
                1,
                on,
                Map.of());
        Path file = folder.resolve(name + ".safetensors");
        SafeTensorsWriter.FLOAT.write(file, tensors, Map.of(PriorCard.KEY, card.toJson()));
        return file;
    }

    /** A prior on the base whose adapters have no say yet, and whose LoRA has. */
    private Path adapted(Domain domain) throws IOException {
        Map<String, NDArray> frozen = AdaptedBase.weights(scope, baseFile, CONFIG, domain);
        Map<String, NDArray> ours =
                new LinkedHashMap<>(UNet.extend(scope, CONFIG, frozen).parameters());
        ours.keySet().removeAll(frozen.keySet());
        Lora lora = Lora.create(scope, CONFIG, Lora.attention(), 3, ALPHA, 4);
        stir(AdaptedBase.named(lora));
        ours.putAll(AdaptedBase.named(lora));
        return write("adapted", domain, CONFIG, new PriorCard.Base("prior/x", Sha256.of(baseFile), ALPHA), ours);
    }

    private HeadPrior open(Path file, Domain domain, double scale) throws IOException {
        return HeadPrior.open(scope, file, domain, "identity/one", ENCODER, on -> baseFile, scale);
    }

    private float[] answer(UNet unet, float[] code) {
        Torch.seed(5);
        try (Scope s = scope.child();
                var off = Torch.noGradient()) {
            NDArray words = s.randn(1, 384), x = s.randn(1, 3, 16, 16), t = s.full(400, 1);
            Conditioning c = Conditioning.text(words).withView(s.of(code, 1, ViewCode.LENGTH));
            return unet.forward(s, x, t, c, Precision.FLOAT32).toFloatArray();
        }
    }

    private static float[] view() {
        return ViewCode.of(View.random(Framing.FACE, new Random(2)), Light.FLAT);
    }

    @Test
    void withoutItsLoraItIsTheBaseThatIsToldOfNormals() throws IOException {
        float[] told = answer(base, ViewCode.marked(view(), Domain.NORMALS.mark()));
        float[] untold = answer(base, view());
        assertThat(told).isNotEqualTo(untold);
        near(answer(open(adapted(Domain.NORMALS), Domain.NORMALS, 0).unet(), view()), told);
        near(answer(open(adapted(Domain.COLOUR), Domain.COLOUR, 0).unet(), view()), untold);
    }

    @Test
    void itsLoraActsByItsScale() throws IOException {
        Path file = adapted(Domain.COLOUR);
        for (double scale : new double[] {1, 0.4}) {
            Map<String, NDArray> pairs = new LinkedHashMap<>();
            try (var tensors = org.eidolon.torch.SafeTensors.open(file)) {
                for (var info : tensors.tensors()) {
                    if (AdaptedBase.ofLora(info.name())) pairs.put(info.name(), tensors.read(scope, info.name()));
                }
            }
            base.attach(List.of(AdaptedBase.lora(pairs, ALPHA).at(scale)));
            float[] attached = answer(base, view());
            base.attach(List.of());
            assertThat(attached).isNotEqualTo(answer(base, view()));
            near(answer(open(file, Domain.COLOUR, scale).unet(), view()), attached);
        }
    }

    private static void near(float[] a, float[] b) {
        assertThat(a).hasSameSizeAs(b);
        for (int i = 0; i < a.length; i++) assertThat(a[i]).isCloseTo(b[i], within(2e-5f));
    }

    @Test
    void whatDoesNotFitIsTold() throws IOException {
        Path whole = write(
                "whole",
                Domain.COLOUR,
                CONFIG,
                null,
                UNet.create(scope, CONFIG, 1).parameters());
        assertThatThrownBy(() -> open(whole, Domain.COLOUR, 0.5))
                .hasMessageContaining("whole.safetensors was trained whole and has no LoRA");
        assertThatThrownBy(() -> AdaptedBase.weights(scope, whole, CONFIG, Domain.COLOUR))
                .hasMessageContaining("is a prior of colour, here a base of all domains is needed");
        UNetConfig other = UNetConfig.starter(3, ViewCode.LENGTH);
        assertThatThrownBy(() -> AdaptedBase.weights(scope, baseFile, other, Domain.COLOUR))
                .hasMessageContaining("a base of other sizes");
        assertThatThrownBy(() -> HeadPrior.open(scope, baseFile, Domain.NORMALS, "identity/one", ENCODER))
                .hasMessageContaining("is a prior of base, here one of normals is needed");
        assertThatThrownBy(() -> HeadPrior.open(scope, adapted(Domain.COLOUR), Domain.COLOUR, "identity/one", ENCODER))
                .as("its base is not among the models")
                .hasMessageContaining("no weights 'prior/x' are listed");
    }
}
