// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.train;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eidolon.diffusion.Conditioning;
import org.eidolon.diffusion.Lora;
import org.eidolon.diffusion.Precision;
import org.eidolon.diffusion.UNet;
import org.eidolon.diffusion.UNetConfig;
import org.eidolon.head.code.CodeReader;
import org.eidolon.head.code.HeadCodes;
import org.eidolon.head.prior.AdaptedBase;
import org.eidolon.head.prior.Domain;
import org.eidolon.head.prior.PriorCard;
import org.eidolon.head.view.ViewCode;
import org.eidolon.models.Hashes;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;

/**
 * The networks that a training changes: a whole UNet, or a LoRA and adapters on a base that stays as it is; and beside a
 * prior of people the reader of codes.
 */
final class Trainee {
    private static final int CODE_TOKENS = 4;

    private final UNet unet;
    private final Lora lora;
    private final CodeReader reader;
    private final PriorCard.Base base;
    private final Map<String, NDArray> frozen;
    private final Map<String, NDArray> weights = new LinkedHashMap<>();

    private Trainee(UNet unet, Lora lora, CodeReader reader, PriorCard.Base base, Map<String, NDArray> frozen) {
        this.unet = unet;
        this.lora = lora;
        this.reader = reader;
        this.base = base;
        this.frozen = frozen;
        if (lora != null) weights.putAll(AdaptedBase.named(lora));
        unet.parameters().forEach((name, tensor) -> {
            if (!frozen.containsKey(name)) weights.put(name, tensor);
        });
        if (reader != null) weights.putAll(reader.parameters());
    }

    /**
     * Fresh networks as the options ask for them.
     *
     * @throws IllegalArgumentException if the base does not fit
     */
    static Trainee create(Scope scope, TrainOptions options) throws IOException {
        UNetConfig plain =
                options.tiny() ? UNetConfig.tiny(3, ViewCode.LENGTH) : UNetConfig.starter(3, ViewCode.LENGTH);
        if (options.domain() == Domain.BASE) {
            return new Trainee(UNet.create(scope, plain.withoutPerson(), options.seed()), null, null, null, Map.of());
        }
        UNetConfig config = plain.withCodes(HeadCodes.IDENTITY, HeadCodes.EXPRESSION, CODE_TOKENS);
        if (options.base() == null) {
            UNet unet = UNet.create(scope, config, options.seed());
            return new Trainee(unet, null, CodeReader.create(scope, options.seed() + 1), null, Map.of());
        }
        Map<String, NDArray> frozen = AdaptedBase.weights(scope, options.base(), config, options.domain());
        Torch.seed(options.seed());
        UNet unet = UNet.extend(scope, config, frozen);
        unet.parameters().forEach((name, tensor) -> {
            if (!frozen.containsKey(name)) Torch.parameter(tensor);
        });
        Lora lora = Lora.create(scope, config, Lora.attention(), options.rank(), options.rank(), options.seed() + 2);
        unet.attach(List.of(lora.at(1)));
        PriorCard.Base base = new PriorCard.Base(Domain.BASE.id(), Hashes.sha256(options.base()), options.rank());
        return new Trainee(unet, lora, CodeReader.create(scope, options.seed() + 1), base, frozen);
    }

    UNetConfig config() {
        return unet.config();
    }

    /** What it stands on, or null. */
    PriorCard.Base base() {
        return base;
    }

    /** Everything that is trained, by the names of a prior's file. */
    Map<String, NDArray> weights() {
        return Collections.unmodifiableMap(weights);
    }

    /** The reader of codes; null for a base. */
    CodeReader reader() {
        return reader;
    }

    NDArray forward(Scope s, NDArray noisy, NDArray steps, Conditioning conditioning, Precision precision) {
        return unet.forward(s, noisy, steps, conditioning, precision);
    }

    /** The UNet with other numbers in the place of those that are trained, ready for inference. */
    UNet prepared(Scope s, Map<String, NDArray> trained, Precision precision) {
        Map<String, NDArray> all = new HashMap<>(frozen);
        all.putAll(trained);
        UNet whole = UNet.of(s, unet.config(), all);
        if (lora != null)
            whole.merge(s, List.of(AdaptedBase.lora(all, base.alpha()).at(1)));
        return whole.prepare(s, precision);
    }

    /** What is trained, part by part, with shares of the base where there is one. */
    Map<String, String> shares() {
        Map<String, Long> parts = new LinkedHashMap<>();
        weights.forEach((name, tensor) -> parts.merge(part(name), tensor.size(), Long::sum));
        double whole = frozen.values().stream().mapToLong(NDArray::size).sum();
        Map<String, String> shares = new LinkedHashMap<>();
        if (whole > 0) shares.put("base", String.format(Locale.ROOT, "%,.0f weights, which stay", whole));
        parts.forEach((part, count) -> shares.put(
                part,
                String.format(Locale.ROOT, "%,d weights", count)
                        + (whole > 0 ? String.format(Locale.ROOT, ", %.2f%% of the base", 100 * count / whole) : "")));
        return shares;
    }

    private String part(String name) {
        if (name.startsWith(CodeReader.PREFIX)) return "reader of codes";
        if (base == null) return "UNet";
        if (AdaptedBase.ofLora(name)) return "LoRA";
        // the codes' way into the time embedding is one network for both
        if (name.startsWith("codes.linear")) return "adapter of both codes";
        return name.startsWith("codes.text") ? "adapter of expressions" : "adapter of identities";
    }
}
