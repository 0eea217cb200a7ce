// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion.published;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.eidolon.diffusion.ClipText;
import org.eidolon.diffusion.Conditioning;
import org.eidolon.diffusion.Guidance;
import org.eidolon.diffusion.LoraFile;
import org.eidolon.diffusion.Merged;
import org.eidolon.diffusion.Precision;
import org.eidolon.diffusion.SchedulerConfig;
import org.eidolon.diffusion.UNet;
import org.eidolon.diffusion.Vae;
import org.eidolon.torch.SafeTensors;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;

/**
 * Compares what published weights give here with what the reference implementations gave, part by part. The reference's
 * numbers, and the inputs, are in a file that {@code releng/reference/dump.py} wrote.
 */
public final class ReferenceCheck {
    private static final String FACTS = "eidolon.dump";
    private static final double GUIDANCE = 5;
    private static final int LOOP = 10;

    /**
     * What one part came to.
     *
     * @param part its name
     * @param error the largest difference of a number
     * @param largest the largest number of the reference
     * @param allowance how many times the usual difference rounding alone may make: guidance and steps near pure noise
     *     multiply what networks differ by
     */
    public record Part(String part, double error, double largest, int allowance) {
        /** The error as a share of the largest number, where that is above 1, and of what is allowed. */
        public double relative() {
            return error / Math.max(1, largest) / allowance;
        }
    }

    private final Scope scope;
    private final SafeTensors dump;
    private final Path file;
    private final JsonObject facts;
    private final Consumer<Part> listener;
    private final List<Part> parts = new ArrayList<>();

    private ReferenceCheck(Scope scope, SafeTensors dump, Path file, Consumer<Part> listener) throws IOException {
        this.scope = scope;
        this.dump = dump;
        this.file = file;
        this.listener = listener;
        String text = dump.metadata().get(FACTS);
        if (text == null) {
            throw new IOException(
                    file + ": not written by releng/reference/dump.py (no '" + FACTS + "' in its metadata)");
        }
        try {
            facts = JsonParser.parseString(text).getAsJsonObject();
        } catch (JsonParseException | IllegalStateException e) {
            throw new IOException(file + ": damaged metadata '" + FACTS + "': " + e.getMessage(), e);
        }
    }

    /**
     * Compares every part that the dump has.
     *
     * @param lora the LoRA that the dump was made with, or null
     * @param adapter the IP-Adapter that the dump was made with, or null
     * @param listener told of each part when it is done
     * @throws IOException when folder, files or dump cannot be read, or the dump lacks what was asked for
     */
    public static List<Part> run(Scope scope, Path folder, Path dump, Path lora, Path adapter, Consumer<Part> listener)
            throws IOException {
        DiffusersFolder model = DiffusersFolder.open(folder);
        try (SafeTensors in = SafeTensors.open(dump);
                var off = Torch.noGradient()) {
            ReferenceCheck check = new ReferenceCheck(scope, in, dump, listener);
            check.all(model, lora, adapter);
            return check.parts;
        }
    }

    private void all(DiffusersFolder model, Path lora, Path adapter) throws IOException {
        require(lora, "lora.out", "--lora");
        require(adapter, "adapter.out", "--ip-adapter");
        ClipText text = dump.contains("text.last") ? text(model) : null;
        if (dump.contains("vae.out")) {
            image(model);
        }
        if (dump.contains("unet.out")) {
            UNet unet = model.unet(scope);
            compare("unet", predict(unet, null, 1), "unet.out");
            loops(model, unet);
            if (lora != null) {
                lora(lora, unet, text);
            }
            if (adapter != null) {
                adapter(adapter, unet);
            }
        }
        if (parts.isEmpty()) {
            throw new IOException(file + ": holds nothing to compare with");
        }
    }

    private void require(Path given, String tensor, String option) throws IOException {
        if (given != null && !dump.contains(tensor)) {
            throw new IOException(file + ": was made without " + option + "; make it anew with the same file");
        }
    }

    private JsonElement fact(String name) throws IOException {
        JsonElement e = facts.get(name);
        if (e == null || e.isJsonNull()) {
            throw new IOException(file + ": its metadata lacks '" + name + "'; make it anew");
        }
        return e;
    }

    private NDArray read(String name) throws IOException {
        if (!dump.contains(name)) {
            throw new IOException(file + ": lacks '" + name + "'; make it anew");
        }
        return dump.read(scope, name);
    }

    private ClipText text(DiffusersFolder model) throws IOException {
        long[][] ids = ids();
        JsonElement prompts = fact("prompts");
        if (!prompts.isJsonArray() || prompts.getAsJsonArray().size() != ids.length) {
            throw new IOException(file + ": its prompts and tokens do not belong together; make it anew");
        }
        double wrong = 0;
        for (int i = 0; i < ids.length; i++) {
            long[] own =
                    model.tokenizer().encode(prompts.getAsJsonArray().get(i).getAsString());
            wrong += Arrays.equals(own, ids[i]) ? 0 : 1;
        }
        add(new Part("tokenizer", wrong, 0, 1));
        ClipText text = model.text(scope);
        ClipText.Output out = text.encode(scope, ids, 0);
        compare("text, last layer", out.states(), "text.last");
        compare("text, pooled", out.pooled(), "text.pooled");
        compare("text, penultimate layer", text.encode(scope, ids, 1).states(), "text.penultimate");
        return text;
    }

    private long[][] ids() throws IOException {
        NDArray stored = read("text.ids");
        if (stored.getDataType() != DataType.INT32 || stored.getShape().dimension() != 2) {
            throw new IOException(file + ": 'text.ids' should be a table of whole numbers; make it anew");
        }
        int[] flat = stored.toIntArray();
        int length = (int) stored.getShape().get(1);
        long[][] ids = new long[flat.length / length][length];
        for (int i = 0; i < flat.length; i++) {
            ids[i / length][i % length] = flat[i];
        }
        return ids;
    }

    private void image(DiffusersFolder model) throws IOException {
        Vae vae = model.vae(scope);
        compare("vae, encode", vae.latents(scope, read("vae.image"), Precision.FLOAT32), "vae.latents");
        compare("vae, decode", vae.decode(scope, read("vae.latents"), Precision.FLOAT32), "vae.out");
    }

    private NDArray predict(UNet unet, NDArray identity, double scale) throws IOException {
        Conditioning c = Conditioning.text(read("unet.text")).withIdentityScale(scale);
        return unet.forward(
                scope,
                read("unet.x"),
                read("unet.t"),
                identity == null ? c : c.withIdentity(identity, null),
                Precision.FLOAT32);
    }

    private void loops(DiffusersFolder model, UNet unet) throws IOException {
        if (!dump.contains("loop.start")) {
            return;
        }
        NDArray words = read("text.last");
        List<Conditioning> branches = List.of(
                Conditioning.text(words.get("1:2").duplicate()),
                Conditioning.text(words.get("0:1").duplicate()));
        SchedulerConfig scheduler = model.scheduler();
        int steps = fact("steps").getAsInt();
        for (SchedulerConfig.Method method : SchedulerConfig.Method.values()) {
            if (dump.contains("loop." + method)) {
                NDArray z = scheduler
                        .sampler(method, steps, 0)
                        .sample(
                                scope,
                                (s, x, t) -> Guidance.of(GUIDANCE).predict(s, unet, x, t, branches, Precision.FLOAT32),
                                read("loop.start"));
                compare(steps + " steps of " + method.name().replace('_', ' '), z, "loop." + method, LOOP);
            }
        }
    }

    private void lora(Path path, UNet unet, ClipText text) throws IOException {
        LoraFile.Parts lora = LoraFile.read(scope, path);
        if (lora.unet() != null) {
            try (Merged merged = unet.merge(scope, List.of(lora.unet().at(1)))) {
                compare("unet with LoRA", predict(unet, null, 1), "lora.out");
            }
        }
        if (lora.text() != null && text != null) {
            try (Merged merged = text.merge(scope, List.of(lora.text().at(1)))) {
                compare("text with LoRA", text.encode(scope, ids(), 0).states(), "lora.words");
            }
        }
    }

    private void adapter(Path path, UNet unet) throws IOException {
        IpAdapterFile.Adapter adapter = IpAdapterFile.read(scope, path, unet.config());
        UNet extended = adapter.onto(scope, unet);
        if (adapter.lora() != null) {
            extended.attach(List.of(adapter.lora().at(1)));
        }
        NDArray out =
                predict(extended, read("adapter.vector"), fact("adapterScale").getAsDouble());
        compare("unet with IP-Adapter", out, "adapter.out");
    }

    private void compare(String part, NDArray is, String reference) throws IOException {
        compare(part, is, reference, 1);
    }

    private void compare(String part, NDArray is, String reference, int allowance) throws IOException {
        float[] wanted = dump.floats(reference);
        float[] found = is.toFloatArray();
        double error = found.length == wanted.length ? 0 : Double.POSITIVE_INFINITY;
        double largest = 0;
        for (int i = 0; i < Math.min(found.length, wanted.length); i++) {
            double difference = Math.abs(found[i] - wanted[i]);
            // what is no number is as wrong as can be
            error = Math.max(error, Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference);
            largest = Math.max(largest, Math.abs(wanted[i]));
        }
        add(new Part(part, error, largest, allowance));
    }

    private void add(Part part) {
        parts.add(part);
        listener.accept(part);
    }
}
