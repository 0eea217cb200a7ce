// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.train.lora;

import ai.djl.engine.EngineException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.eidolon.diffusion.Precision;
import org.eidolon.diffusion.published.PublishedKind;
import org.eidolon.diffusion.published.SingleFile;
import org.eidolon.diffusion.published.StableDiffusionFiles;
import org.eidolon.head.prior.Domain;
import org.eidolon.head.train.Training;
import org.eidolon.models.ModelException;
import org.eidolon.models.ModelShelf;
import org.eidolon.models.Models;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code eidolon train lora}. */
@Component(service = Callable.class, property = "eidolon.subcommand=train lora", scope = ServiceScope.PROTOTYPE)
@Command(
        name = "lora",
        description = "Trains a LoRA of a published Stable Diffusion, with adapters for identity and expression where"
                + " wanted, on images or on renders of made-up people. What it writes loads in diffusers.",
        sortOptions = false)
public final class TrainLora implements Callable<Integer> {
    private static final int FAILED = 4;
    private static final int NO_MEMORY = 5;

    private static final int USUAL_STEPS = 2000;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--base",
            required = true,
            paramLabel = "NAME|PATH",
            description = "a Stable Diffusion: a diffusers folder, a single file (.safetensors, .ckpt), or the name of"
                    + " either that was added (eidolon models add)")
    private Path base;

    @Option(
            names = "--predicts",
            paramLabel = "WHAT",
            description = "noise or velocity: what a single file of Stable Diffusion 2 predicts, where it was not told"
                    + " as the file was added")
    private String predicts;

    @Option(
            names = "--tokenizer",
            paramLabel = "NAME|FOLDER",
            description = "a diffusers folder of the same family, or its name: a single file holds no tokenizer")
    private Path tokenizer;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description = "images with NAME.txt beside each, or metadata.jsonl; subfolders are people")
    private Path data;

    @Option(
            names = "--heads",
            paramLabel = "FOLDER|PACK",
            description = "instead of images: an ICT-FaceKit folder or pack, of which made-up people are rendered")
    private Path heads;

    @Option(names = "--domain", defaultValue = "NORMALS", description = "what renders show: ${COMPLETION-CANDIDATES}")
    private Domain domain;

    @Option(names = "--pictures", defaultValue = "2000", paramLabel = "N", description = "renders (default 2000)")
    private int pictures;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "the LoRA, a .safetensors file")
    private Path out;

    @Option(names = "--rank", defaultValue = "8", paramLabel = "N", description = "of the LoRA (default 8)")
    private int rank;

    @Option(
            names = "--alpha",
            defaultValue = "0",
            paramLabel = "X",
            description = "scale times rank (default: the rank)")
    private double alpha;

    @Option(
            names = "--adapters",
            description =
                    "trains an adapter for identity too, as IP-Adapter-FaceID has, and of renders one for expression")
    private boolean adapters;

    @Option(
            names = "--arcface",
            paramLabel = "NAME",
            description =
                    "an ArcFace that was added, by which the adapter knows people (renders: else the built-in encoder)")
    private String arcface;

    @Option(
            names = "--steps",
            defaultValue = "0",
            paramLabel = "N",
            description = "in all (default " + USUAL_STEPS + ", or no end but --minutes where they are given)")
    private long steps;

    @Option(names = "--minutes", defaultValue = "0", paramLabel = "M", description = "of this run; 0: by steps alone")
    private double minutes;

    @Option(names = "--batch", defaultValue = "4", paramLabel = "N", description = "pictures at once (default 4)")
    private int batch;

    @Option(
            names = "--accumulation",
            defaultValue = "1",
            paramLabel = "N",
            description = "batches whose gradients make one step (default 1)")
    private int accumulation;

    @Option(names = "--learning-rate", defaultValue = "1e-4", paramLabel = "X", description = "default 1e-4")
    private double learningRate;

    @Option(
            names = "--warm-up",
            defaultValue = "100",
            paramLabel = "N",
            description = "steps over which the rate rises (default 100)")
    private int warmUp;

    @Option(names = "--seed", defaultValue = "1", paramLabel = "N", description = "of weights, order and noise")
    private long seed;

    @Option(names = "--device", defaultValue = "auto", paramLabel = "D", description = "auto, cpu or cuda:N")
    private String device;

    @Option(
            names = "--precision",
            defaultValue = "auto",
            paramLabel = "P",
            description = "of the frozen network: float32 or bfloat16; auto is bfloat16 on a GPU. What is trained is"
                    + " float32")
    private String precision;

    @Option(
            names = "--checkpointing",
            description = "computes activations anew going backwards: less memory, a third more time")
    private boolean checkpointing;

    @Option(
            names = "--ema",
            defaultValue = "0",
            paramLabel = "X",
            description =
                    "decay of an average over the steps that is written instead of the last values, such as 0.999")
    private double ema;

    @Option(names = "--caption", paramLabel = "TEXT", description = "of images that have none")
    private String caption;

    @Option(
            names = "--resolution",
            defaultValue = "512",
            paramLabel = "N",
            description = "width and height of the pictures (default 512)")
    private int resolution;

    @Option(
            names = "--sample-steps",
            defaultValue = "25",
            paramLabel = "N",
            description = "of the samples that are drawn at the end; 0 for none (default 25)")
    private int sampleSteps;

    @Option(
            names = "--checkpoint-minutes",
            defaultValue = "3",
            paramLabel = "M",
            description = "between checkpoints (default 3)")
    private double checkpointMinutes;

    @Option(names = "--resume", description = "go on from the checkpoint beside --out")
    private boolean resume;

    /** What weights there are; a test has its own. */
    Models models;

    @Override
    public Integer call() {
        try {
            return Training.command(new LoraTraining(options(), models(), System.err::println));
        } catch (LoraTraining.Diverged e) {
            System.err.println(e.getMessage());
            return FAILED;
        } catch (EngineException e) {
            if (!String.valueOf(e.getMessage()).contains("out of memory")) throw e;
            System.err.println("the GPU's memory does not suffice: give --checkpointing, a smaller --batch (and more"
                    + " --accumulation), or a smaller --resolution");
            return NO_MEMORY;
        } catch (UncheckedIOException e) {
            throw wrong(e.getCause().getMessage());
        } catch (IOException | ModelException | IllegalArgumentException e) {
            throw wrong(e.getMessage());
        }
    }

    private Models models() {
        return models == null ? Models.standard() : models;
    }

    /** How many steps are taken where these are asked for: 0 is no number. */
    static long steps(long asked, double minutes) {
        return asked == 0 && minutes == 0 ? USUAL_STEPS : asked;
    }

    private LoraOptions options() throws IOException {
        return new LoraOptions(
                base(),
                data,
                heads,
                domain,
                pictures,
                out,
                rank,
                alpha > 0 ? alpha : rank,
                steps(steps, minutes),
                minutes,
                batch,
                accumulation,
                learningRate,
                warmUp,
                seed,
                device,
                precision(),
                checkpointing,
                ema,
                resume,
                arcface,
                adapters,
                caption,
                resolution,
                sampleSteps,
                checkpointMinutes);
    }

    private StableDiffusionFiles base() throws IOException {
        Path at = place("--base", base);
        PublishedKind kind = PublishedKind.of(at);
        if (kind != PublishedKind.FOLDER && kind != PublishedKind.SINGLE_FILE) {
            throw wrong("--base " + base + ": " + at + " holds weights of the kind " + kind.kind()
                    + ", a Stable Diffusion is needed");
        }
        if (tokenizer != null && kind == PublishedKind.FOLDER) {
            throw wrong("--tokenizer is for a single file, and " + at + " is a folder, whose own is used");
        }
        String told = predicts != null || Files.exists(base) ? predicts : models().told(base.toString(), "predicts");
        return StableDiffusionFiles.open(
                at, SingleFile.prediction(told), tokenizer == null ? null : place("--tokenizer", tokenizer));
    }

    /** A path that exists, or where the weights of a name lie. */
    private Path place(String option, Path named) {
        if (Files.exists(named)) return named;
        boolean name = named.getNameCount() == 1 && ModelShelf.isName(named.toString());
        if (!name) throw wrong(option + " " + named + ": there is no such file or folder");
        try {
            return models().place(named.toString());
        } catch (ModelException e) {
            throw wrong(option + " " + named
                    + " is neither a file nor a folder nor the name of weights that were added: " + e.getMessage());
        }
    }

    private Precision precision() {
        return switch (precision) {
            case "auto" -> null;
            case "float32" -> Precision.FLOAT32;
            case "bfloat16" -> Precision.BFLOAT16;
            default -> throw wrong("--precision is none of auto, float32, bfloat16: " + precision);
        };
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /** Trains on a plain class path, where there is no OSGi. */
    public static void main(String[] args) {
        System.exit(new picocli.CommandLine(new TrainLora()).execute(args));
    }
}
