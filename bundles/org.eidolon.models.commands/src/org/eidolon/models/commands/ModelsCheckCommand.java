// SPDX-License-Identifier: EPL-2.0
package org.eidolon.models.commands;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.eidolon.api.Json;
import org.eidolon.diffusion.published.ReferenceCheck;
import org.eidolon.models.ModelException;
import org.eidolon.models.ModelShelf;
import org.eidolon.models.Models;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code eidolon models check}. */
@Component(service = Callable.class, property = "eidolon.subcommand=models check", scope = ServiceScope.PROTOTYPE)
@Command(
        name = "check",
        description = "Compares published weights, part by part, with what the reference implementation gave"
                + " (releng/reference/dump.py). Exit code 4 above the tolerance.",
        sortOptions = false)
public final class ModelsCheckCommand implements Callable<Integer> {
    private static final int DIFFERENT = 4;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FOLDER", description = "a diffusers folder, or the name of one that was added")
    private Path folder;

    @Option(
            names = "--reference",
            required = true,
            paramLabel = "FILE",
            description = "what releng/reference/dump.py wrote for the same folder")
    private Path reference;

    @Option(names = "--lora", paramLabel = "FILE", description = "the LoRA that the reference was given, or its name")
    private Path lora;

    @Option(
            names = "--ip-adapter",
            paramLabel = "FILE",
            description = "the IP-Adapter that the reference was given, or its name")
    private Path adapter;

    @Option(
            names = "--tolerance",
            defaultValue = "2e-5",
            paramLabel = "X",
            description = "largest difference allowed, as a share of a part's largest number where that is above 1;"
                    + " ten times that after denoising steps (default 2e-5)")
    private double tolerance;

    @Option(
            names = "--device",
            defaultValue = "cpu",
            paramLabel = "D",
            description = "auto, cpu or cuda:N (default cpu)")
    private String device;

    @Option(names = "--json", description = "as JSON")
    private boolean json;

    /** NVIDIA's own switch, read by its libraries; nothing that TorchScript reaches turns it off. */
    private static final String TF32 = "NVIDIA_TF32_OVERRIDE";

    private final ModelShelf shelf = ModelShelf.ofUser();

    @Override
    public Integer call() {
        if (!(tolerance >= 0)) {
            throw wrong("--tolerance must not be negative");
        }
        List<ReferenceCheck.Part> parts = new ArrayList<>();
        Device on = device();
        try (Scope scope = Scope.open(on)) {
            ReferenceCheck.run(scope, place(folder), reference, place(lora), place(adapter), part -> {
                parts.add(part);
                if (!json) {
                    System.out.println(line(part));
                }
            });
        } catch (IOException | ModelException | IllegalArgumentException e) {
            throw wrong(e.getMessage());
        }
        if (json) {
            System.out.println(Json.write(parts.stream().map(this::tree).toList()));
        }
        if (parts.stream().allMatch(this::good)) {
            return 0;
        }
        if (on.isGpu() && !"0".equals(System.getenv(TF32))) {
            System.err.println("A GPU's convolutions round to ten bits (TF32), which is more than the tolerance: set "
                    + TF32 + "=0 in the environment to compare without.");
        }
        return DIFFERENT;
    }

    /** A path, or where the weights lie that were added under this name. */
    private Path place(Path given) {
        boolean added = given != null
                && !Files.exists(given)
                && given.getNameCount() == 1
                && ModelShelf.isName(given.toString())
                && shelf.has(given.toString());
        return added ? Models.standard().place(given.toString()) : given;
    }

    private boolean good(ReferenceCheck.Part part) {
        return part.relative() <= tolerance;
    }

    private String line(ReferenceCheck.Part part) {
        return String.format(
                Locale.ROOT,
                "%-26s %8.1e of %8.1e  %s",
                part.part(),
                part.error(),
                part.largest(),
                good(part) ? "equal" : "DIFFERENT");
    }

    private Map<String, Object> tree(ReferenceCheck.Part part) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("part", part.part());
        tree.put("error", Double.isFinite(part.error()) ? part.error() : Double.MAX_VALUE);
        tree.put("largest", part.largest());
        tree.put("equal", good(part));
        return tree;
    }

    private Device device() {
        try {
            return Torch.device(device);
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw wrong(e.getMessage());
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
