// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes.internal;

import ai.djl.Device;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.eidolon.api.Doc;
import org.eidolon.api.Kept;
import org.eidolon.api.NodeException;
import org.eidolon.api.Run;
import org.eidolon.diffusion.ClipTokenizer;
import org.eidolon.diffusion.Precision;
import org.eidolon.encoders.Identity;
import org.eidolon.head.latent.LatentGuide;
import org.eidolon.head.latent.LatentMemory;
import org.eidolon.head.latent.LatentWords;
import org.eidolon.head.latent.PublishedPrior;
import org.eidolon.head.latent.Said;
import org.eidolon.head.latent.Wording;
import org.eidolon.head.prior.Domain;
import org.eidolon.head.stage.StageMonitor;
import org.eidolon.models.ModelException;
import org.eidolon.nodes.value.DiffusionPrior;
import org.eidolon.nodes.value.Expressions;
import org.eidolon.torch.Gpus;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;

/** What the nodes of the full-size stages share: the prior opened, the person and the words told to it, memory planned. */
public final class LatentRun implements AutoCloseable {
    /** What the networks compute in. */
    public enum Numbers {
        @Doc("bfloat16 on a GPU, float32 on a CPU")
        AUTO,
        @Doc("exact, and twice the memory")
        FLOAT32,
        @Doc("fast on GPUs of the last years")
        BFLOAT16;

        Precision on(Device device) {
            return switch (this) {
                case AUTO -> Precision.usual(device);
                case FLOAT32 -> Precision.FLOAT32;
                case BFLOAT16 -> Precision.BFLOAT16;
            };
        }
    }

    /**
     * What is asked of a prior.
     *
     * @param picture side of the pictures
     * @param pictures of a step
     * @param field bytes of what is optimised
     * @param guidance scale
     */
    public record Task(Domain domain, int picture, int pictures, long field, double guidance, Numbers numbers) {}

    private final Kept<Published.Open> opened;
    private final Scope scope;
    private final LatentWords words;
    private final LatentGuide guide;
    private final String name;

    /** @throws NodeException when prior, person and words do not fit one another, or memory does not do */
    public LatentRun(
            Run run, DiffusionPrior prior, Identity identity, Expressions expressions, Task task, StageMonitor monitor)
            throws Exception {
        float[] person = person(run, prior, identity);
        Device device = Torch.device(run.device().toString());
        Precision precision = task.numbers.on(device);
        int together = together(run, prior, task, precision);
        scope = Scope.open(device);
        Kept<Published.Open> lent = null;
        try {
            lent = Published.open(run, prior, task.domain, precision);
            PublishedPrior.Open parts = lent.value().parts();
            Wording wording = new Wording(prior.text(), prior.unwanted());
            words = LatentWords.of(scope, parts.text(), wording, expressions.said());
            warnOfCuts(run, parts.tokenizer(), wording, expressions.said());
            guide = new LatentGuide(
                    scope, parts.prior(), words, person, task.guidance, together, monitor::checkCancelled);
        } catch (IllegalArgumentException e) {
            close(scope, lent);
            throw new NodeException(
                    e.getMessage(),
                    "Link an identity by the face encoder that the adapter was trained with: 512 numbers come from"
                            + " identity.arcface, 192 from identity.encode",
                    e);
        } catch (Throwable e) {
            close(scope, lent);
            throw e;
        }
        opened = lent;
        name = String.join(
                "\n",
                new TreeMap<>(prior.weights()).toString(),
                prior.lora() + " " + prior.loraScale() + " " + prior.adapter() + " " + prior.adapterScale(),
                prior.text(),
                prior.unwanted(),
                expressions.said().toString(),
                precision.toString(),
                person == null ? "nobody" : identity.encoderSha256() + " " + Arrays.hashCode(person));
        run.record("precision", precision.toString().toLowerCase(Locale.ROOT));
        run.record("pictures asked about at once", together);
    }

    /** One warning for each expression: what is said of its sides differs in few words. */
    private static void warnOfCuts(Run run, ClipTokenizer tokenizer, Wording wording, List<Said> said) {
        LatentWords.texts(wording, said).stream()
                .filter(tokenizer::cuts)
                .forEach(text -> run.warn("the prior does not read the end of '" + text + "': it is longer than its "
                        + "text encoder takes. Say it in fewer words"));
    }

    private static float[] person(Run run, DiffusionPrior prior, Identity identity) {
        if (!prior.knowsPeople()) {
            if (identity != null) {
                run.warn("the prior has no IP-Adapter-FaceID: the head becomes somebody whom the words describe,"
                        + " the identity is not used");
            }
            return null;
        }
        if (identity == null) {
            throw new NodeException(
                    "the prior has the IP-Adapter-FaceID '" + prior.adapter() + "', and no identity is linked",
                    "Link an identity.arcface, or leave the adapter out of prior.published");
        }
        return identity.embedding();
    }

    /** What a stage would lease of a GPU; 0, all of the device, when the weights cannot be looked at. */
    public static long memory(DiffusionPrior prior, Task task) {
        try {
            return planned(prior, task, task.numbers.on(Device.gpu())).bytes(task.pictures, task.pictures);
        } catch (NodeException | ModelException | IOException e) {
            // the run itself says what is wrong
            return 0;
        }
    }

    private static LatentMemory planned(DiffusionPrior prior, Task task, Precision precision) throws IOException {
        PublishedPrior.Sizes sizes = Published.files(prior).sizes();
        return LatentMemory.of(sizes, precision, task.picture, task.field);
    }

    /** Pictures that fit at once; on a CPU one, which is as fast. */
    private static int together(Run run, DiffusionPrior prior, Task task, Precision precision) throws Exception {
        if (!run.device().isGpu()) return 1;
        LatentMemory memory;
        try {
            memory = planned(prior, task, precision);
        } catch (IOException e) {
            throw new NodeException(
                    "the prior of '" + prior.base() + "' cannot be used: " + e.getMessage(), "Add it anew", e);
        }
        return together(
                memory, task.pictures, task.picture, free(run), run.device().toString());
    }

    /**
     * Most pictures at once in so much memory.
     *
     * @param free bytes; 0 where unknown
     * @throws NodeException when there is no room for one, with the numbers
     */
    static int together(LatentMemory memory, int pictures, int side, long free, String device) {
        if (free <= 0) return pictures;
        int together = memory.together(pictures, free);
        if (together == 0) {
            throw new NodeException(
                    String.format(
                            Locale.ROOT,
                            "%s has %.1f GiB of memory free, a step of %d pictures of %d² needs %.1f GiB",
                            device,
                            free / 0x1p30,
                            pictures,
                            side,
                            memory.bytes(pictures, 1) / 0x1p30),
                    "Show fewer views in a step, make pictures smaller, set precision to BFLOAT16, close other programs"
                            + " that use the GPU, or run with --device cpu, which is slow");
        }
        return together;
    }

    /** What no process holds, after what is kept for speed only was given back; 0 where nobody tells. */
    private static long free(Run run) {
        int index = run.device().index();
        Torch.emptyCache();
        return Math.max(0, Gpus.memory(index) - Gpus.used(index));
    }

    /** What the prior is asked by. */
    public LatentGuide guide() {
        return guide;
    }

    /** What it is told. */
    public LatentWords words() {
        return words;
    }

    /** On the run's device. */
    public Scope scope() {
        return scope;
    }

    /** Names all that a result depends on besides a stage's own settings. */
    public String name() {
        return name;
    }

    @Override
    public void close() {
        close(scope, opened);
    }

    private static void close(Scope scope, Kept<Published.Open> lent) {
        scope.close();
        if (lent != null) lent.close();
    }
}
