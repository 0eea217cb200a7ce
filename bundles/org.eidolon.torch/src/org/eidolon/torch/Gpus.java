// SPDX-License-Identifier: EPL-2.0
package org.eidolon.torch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What files and the driver tell of GPUs, without loading libtorch, so that a command that computes nothing is quick. */
public final class Gpus {
    /** What a run on a GPU needs, for people. */
    public static final String NEEDS = "A run on a GPU needs an NVIDIA GPU with a driver from 525 on, and libtorch "
            + Libtorch.BUNDLED_VERSION
            + " built for CUDA 12.8 (the folder of a libtorch, or of an installed Python torch "
            + Libtorch.BUNDLED_VERSION + "), named by --libtorch FOLDER or EIDOLON_LIBTORCH";

    private static final long PATIENCE_SECONDS = 5;

    private Gpus() {}

    /**
     * The GPUs that a run can be expected to use: those that the driver shows, where the libtorch that is chosen is built
     * for CUDA. Whether they truly work shows when libtorch is loaded, as by {@link Torch#describe}.
     *
     * @throws IllegalArgumentException if the folder that is named for libtorch holds none
     */
    public static List<Torch.Gpu> expected() {
        Path named = Libtorch.named();
        if (named == null || Libtorch.inspect(named).flavor().equals("cpu")) {
            return List.of();
        }
        return visible(shown(Path.of("/dev")), Libtorch.gpuModels(), System.getenv());
    }

    /** The GPUs of which the driver shows a device file; WSL has one file for all. */
    static int shown(Path devices) {
        if (Files.exists(devices.resolve("dxg"))) {
            return 1;
        }
        try (Stream<Path> files = Files.list(devices)) {
            return (int) files.filter(file -> file.getFileName().toString().matches("nvidia\\d+"))
                    .count();
        } catch (IOException e) {
            return 0;
        }
    }

    /** As CUDA counts them: CUDA_VISIBLE_DEVICES chooses and orders, up to the first entry that names none. */
    static List<Torch.Gpu> visible(int shown, List<String> models, Map<String, String> environment) {
        List<Torch.Gpu> gpus = new ArrayList<>();
        String chosen = environment.get("CUDA_VISIBLE_DEVICES");
        if (chosen == null) {
            for (int i = 0; i < shown; i++) {
                gpus.add(new Torch.Gpu(i, model(models, i, shown), -1, -1));
            }
            return gpus;
        }
        for (String entry : chosen.split(",", -1)) {
            String name = entry.strip();
            boolean number = name.matches("\\d{1,3}");
            if (number && Integer.parseInt(name) >= shown || !number && !name.matches("(GPU|MIG)-.+") || shown == 0) {
                break;
            }
            int at = number ? Integer.parseInt(name) : -1;
            gpus.add(new Torch.Gpu(gpus.size(), model(models, at, shown), -1, -1));
        }
        return gpus;
    }

    /** A container may show fewer device files than the driver lists: then which is which is not told. */
    private static String model(List<String> models, int index, int shown) {
        boolean same = models.stream().distinct().count() == 1;
        return same ? models.get(0) : models.size() == shown && index >= 0 ? models.get(index) : "GPU";
    }

    /** A GPU's memory in bytes; 0 where neither CUDA's runtime library nor the driver's tool tells. Loads libtorch. */
    public static long memory(int index) {
        return Torch.describe().gpus().stream()
                .filter(gpu -> gpu.index() == index && gpu.totalBytes() > 0)
                .mapToLong(Torch.Gpu::totalBytes)
                .findFirst()
                .orElseGet(() -> told("total", index));
    }

    /** Bytes of a GPU in use by all processes, as the driver's tool says; 0 where it does not. */
    public static long used(int index) {
        return told("used", index);
    }

    private static long told(String which, int index) {
        try {
            Process tool = new ProcessBuilder(
                            "nvidia-smi",
                            "--query-gpu=memory." + which,
                            "--format=csv,noheader,nounits",
                            "-i",
                            "" + index)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!tool.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                tool.destroyForcibly();
                return 0;
            }
            String text = new String(tool.getInputStream().readAllBytes()).strip();
            return text.matches("\\d{1,7}") ? Long.parseLong(text) << 20 : 0;
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }
}
