// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eidolon.api.Kept;
import org.eidolon.api.NodeException;
import org.eidolon.api.Run;
import org.eidolon.diffusion.Precision;
import org.eidolon.diffusion.published.SingleFile;
import org.eidolon.head.latent.PublishedPrior;
import org.eidolon.head.prior.Domain;
import org.eidolon.models.Model;
import org.eidolon.models.ModelException;
import org.eidolon.models.Models;
import org.eidolon.nodes.value.DiffusionPrior;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;

/** Weights that the user added by {@code eidolon models add}, as nodes name and open them. */
public final class Published {
    /** Kinds of weights, as the lists call them. */
    public static final String BASE = "stable-diffusion", LORA = "lora", ADAPTER = "ip-adapter", IDENTITY = "identity";

    private static final Map<String, String> EXAMPLES = Map.of(
            BASE, "a diffusers folder or a single file",
            LORA, "a LoRA, .safetensors",
            ADAPTER, "an IP-Adapter-FaceID, .bin or .safetensors",
            IDENTITY, "an ArcFace of 512 numbers, .onnx");

    private Published() {}

    /** A prior on a device, with the memory that it lies in. */
    public record Open(Scope scope, PublishedPrior.Open parts) implements AutoCloseable {
        @Override
        public void close() {
            scope.close();
        }
    }

    /** Weights that a node names, and what they must be. */
    public record Named(String name, String kind) {}

    /**
     * Sha256 of all files of models by logical id; those without a name are left out.
     *
     * @throws NodeException when some were not added, saying how; or when one is something else
     */
    public static Map<String, String> hashes(Named... wanted) {
        Models models = Models.standard();
        var hashes = new TreeMap<String, String>();
        var missing = new ArrayList<Named>();
        for (Named each : wanted) {
            if (each.name() == null || each.name().isBlank()) continue;
            List<Model> files = files(models, each.name().strip(), each.kind());
            if (files.isEmpty()) missing.add(each);
            for (Model file : files) hashes.put(file.info().id(), file.info().sha256());
        }
        if (!missing.isEmpty()) throw missing(missing);
        return hashes;
    }

    private static NodeException missing(List<Named> all) {
        return new NodeException(
                "no weights "
                        + all.stream()
                                .map(each -> "'" + each.name().strip() + "'")
                                .collect(Collectors.joining(", ")) + " were added",
                all.stream()
                                .map(each -> "Add them by 'eidolon models add "
                                        + each.name().strip() + " PATH', where PATH is "
                                        + EXAMPLES.get(each.kind()))
                                .collect(Collectors.joining(". "))
                        + ". Or name weights that 'eidolon models list' shows");
    }

    private static List<Model> files(Models models, String name, String kind) {
        List<Model> files = models.files(name);
        for (Model file : files) {
            if (!file.info().kind().equals(kind)) {
                throw new NodeException(
                        "the weights '" + name + "' are of the kind "
                                + file.info().kind() + ", here " + kind + " is needed",
                        "Name " + EXAMPLES.get(kind));
            }
        }
        return files;
    }

    /**
     * The files that a value names.
     *
     * @throws NodeException when they are gone, or others than when the value was made
     */
    public static PublishedPrior files(DiffusionPrior prior) {
        Map<String, String> now = hashes(
                new Named(prior.base(), BASE),
                new Named(prior.tokenizer(), BASE),
                new Named(prior.lora(), LORA),
                new Named(prior.adapter(), ADAPTER));
        if (!now.equals(prior.weights())) {
            throw new NodeException(
                    "the weights of the prior are no longer those that it was made of", "Run the graph again");
        }
        Models models = Models.standard();
        return new PublishedPrior(
                at(models, prior.base()),
                SingleFile.prediction(models.told(prior.base(), "predicts")),
                at(models, prior.tokenizer()),
                at(models, prior.lora()),
                prior.loraScale(),
                at(models, prior.adapter()),
                prior.adapterScale());
    }

    /**
     * Checks, from names, shapes and settings alone, that weights can be used together: quick enough for planning.
     *
     * @throws NodeException naming file and reason when a file is gone, or does not fit the others
     */
    public static void check(String base, String tokenizer, String lora, String adapter) {
        Models models = Models.standard();
        try {
            List<Path> places = new ArrayList<>();
            for (String name : List.of(base, tokenizer, lora, adapter)) {
                places.add(name.isEmpty() ? null : models.location(name));
            }
            new PublishedPrior(
                            places.get(0),
                            SingleFile.prediction(models.told(base, "predicts")),
                            places.get(1),
                            places.get(2),
                            1,
                            places.get(3),
                            1)
                    .check();
        } catch (ModelException e) {
            throw new NodeException(e.getMessage(), "Put the files back, or add the weights anew", e);
        } catch (IOException | IllegalArgumentException e) {
            throw unusable(base, e);
        }
    }

    private static NodeException unusable(String base, Exception e) {
        return new NodeException(
                "the prior of '" + base + "' cannot be used: " + e.getMessage(),
                "Use weights that were made for one another",
                e);
    }

    private static Path at(Models models, String name) {
        return name.isEmpty() ? null : models.place(name);
    }

    /**
     * On the run's device.
     *
     * @throws NodeException when it shows something else, or its parts do not fit one another
     */
    public static Kept<Open> open(Run run, DiffusionPrior prior, Domain domain, Precision precision) throws Exception {
        if (prior.domain() != domain) {
            throw new NodeException(
                    "the prior '" + prior.base() + "' is told to show "
                            + prior.domain().key() + ", here " + domain.key() + " are needed",
                    "Link a prior.published whose domain is " + domain);
        }
        return Faults.told(() -> {
            PublishedPrior files = files(prior);
            String key = "published " + new TreeMap<>(prior.weights()) + " " + prior.lora() + " " + prior.loraScale()
                    + " " + prior.adapter() + " " + prior.adapterScale() + " " + precision + " " + run.device();
            return run.keep(key, Open.class, () -> {
                Scope scope = Scope.open(Torch.device(run.device().toString()));
                try {
                    return new Open(scope, files.open(scope, precision));
                } catch (IOException | IllegalArgumentException e) {
                    scope.close();
                    throw unusable(prior.base(), e);
                } catch (Throwable e) {
                    scope.close();
                    throw e;
                }
            });
        });
    }
}
