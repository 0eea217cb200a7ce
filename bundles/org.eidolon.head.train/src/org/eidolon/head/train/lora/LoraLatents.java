// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.train.lora;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.eidolon.diffusion.Precision;
import org.eidolon.diffusion.Vae;
import org.eidolon.torch.SafeTensors;
import org.eidolon.torch.SafeTensorsWriter;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;

/** Latents of all pictures: means and variances, made once by the autoencoder and kept in a file. */
final class LoraLatents {
    private static final String FILE = "latents.safetensors";
    private static final double TELL_SECONDS = 10;

    private LoraLatents() {}

    /**
     * The latents' Gaussians in the order of the samples, on the scope's device.
     *
     * @param work folder in which they are kept
     */
    static List<Vae.Moments> of(
            Scope scope, LoraSamples samples, Vae vae, LoraOptions options, Precision precision, Consumer<String> log)
            throws IOException {
        Path file = options.work().resolve(FILE);
        String made = "resolution " + options.resolution() + ", " + precision + ", "
                + stamp(options.base().vaeAt());
        Map<String, NDArray> kept = new LinkedHashMap<>();
        try (Scope s = scope.child()) {
            Map<String, NDArray> old = read(s, file, made);
            int fresh = encode(s, samples, vae, options, precision, log, old, kept);
            if (fresh > 0) {
                SafeTensorsWriter.FLOAT.write(file, kept, Map.of("made", made));
            }
            kept.values().stream().distinct().forEach(s::keep);
        }
        List<Vae.Moments> moments = new ArrayList<>();
        for (LoraSamples.Told told : samples.told()) {
            moments.add(new Vae.Moments(kept.get(told.key() + ".mean"), kept.get(told.key() + ".logVariance")));
        }
        return moments;
    }

    private static Map<String, NDArray> read(Scope s, Path file, String made) throws IOException {
        Map<String, NDArray> old = new LinkedHashMap<>();
        if (!Files.isRegularFile(file)) return old;
        try (SafeTensors in = SafeTensors.open(file)) {
            if (made.equals(in.metadata().get("made"))) {
                for (SafeTensors.Info info : in.tensors()) old.put(info.name(), in.read(s, info.name()));
            }
        }
        return old;
    }

    private static int encode(
            Scope scope,
            LoraSamples samples,
            Vae vae,
            LoraOptions options,
            Precision precision,
            Consumer<String> log,
            Map<String, NDArray> old,
            Map<String, NDArray> kept) {
        int fresh = 0;
        int side = options.resolution();
        double told = seconds();
        try (var off = Torch.noGradient()) {
            for (int i = 0; i < samples.told().size(); i++) {
                String key = samples.told().get(i).key();
                String mean = key + ".mean", variance = key + ".logVariance";
                if (kept.containsKey(mean)) continue;
                if (old.containsKey(mean) && old.containsKey(variance)) {
                    kept.put(mean, old.get(mean));
                    kept.put(variance, old.get(variance));
                    continue;
                }
                try (Scope s = scope.child()) {
                    Vae.Moments moments = vae.encode(s, s.of(samples.pixels(s, i), 1, 3, side, side), precision);
                    kept.put(mean, s.keep(moments.mean()));
                    kept.put(variance, s.keep(moments.logVariance()));
                }
                fresh++;
                if (seconds() - told > TELL_SECONDS) {
                    told = seconds();
                    log.accept("latents of " + (i + 1) + " of " + samples.told().size() + " pictures");
                }
            }
        }
        return fresh;
    }

    /** The autoencoder's file or files, by size and time: another one makes other latents. */
    private static String stamp(Path vae) throws IOException {
        List<String> parts = new ArrayList<>();
        try (Stream<Path> files = Files.isDirectory(vae) ? Files.list(vae) : Stream.of(vae)) {
            for (Path file : files.sorted().toList()) {
                parts.add(file.getFileName() + " " + Files.size(file) + " "
                        + Files.getLastModifiedTime(file).toMillis());
            }
        }
        return String.join(", ", parts);
    }

    private static double seconds() {
        return System.nanoTime() / 1e9;
    }
}
