// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.bench;

import ai.djl.Device;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eidolon.diffusion.Precision;
import org.eidolon.head.geometry.GeometrySettings;
import org.eidolon.torch.Torch;

/**
 * The geometry stage's loop in plain PyTorch, running in a Python of the user's: what Eidolon is timed against. The script
 * ({@code releng/reference/geometry/step.py}) is told the same sizes and numbers, and computes with as many threads.
 */
final class PyTorchLoop implements AutoCloseable {
    private final PyTorchProcess process;

    /**
     * Starts it.
     *
     * @param python interpreter with PyTorch
     * @param script the loop
     * @param weights of the normals prior
     * @throws IllegalArgumentException if it cannot be started; the message says what is missing
     */
    PyTorchLoop(String python, Path script, Path weights, GeometrySettings settings, Device device) throws IOException {
        this(
                python,
                script,
                "geometry/step.py",
                "requirements-bench.txt",
                device,
                arguments(weights, settings, device));
    }

    /**
     * The same with arguments of the caller's.
     *
     * @param usual where a checkout has the script, below releng/reference
     * @param needs the file there that names what it needs
     */
    PyTorchLoop(String python, Path script, String usual, String needs, Device device, List<String> arguments)
            throws IOException {
        List<String> all = new ArrayList<>(List.of(
                "--device",
                device.isGpu() ? "cuda:" + device.getDeviceId() : "cpu",
                "--threads",
                Integer.toString(Torch.describe().threads())));
        all.addAll(arguments);
        process = new PyTorchProcess(python, script, all, usual, needs);
    }

    private static List<String> arguments(Path weights, GeometrySettings settings, Device device) {
        String precision = Precision.fastest(device).name().toLowerCase(Locale.ROOT);
        List<String> all = new ArrayList<>(List.of("--weights", weights.toString(), "--precision", precision));
        all.addAll(loop(settings));
        return all;
    }

    /** What any loop of the geometry stage is told of its settings. */
    static List<String> loop(GeometrySettings settings) {
        return List.of(
                "--seed",
                Long.toString(settings.seed() & Integer.MAX_VALUE),
                "--resolution",
                Integer.toString(settings.resolution()),
                "--expressions",
                Integer.toString(StepBench.EXPRESSIONS),
                "--per-step",
                Integer.toString(settings.shown(StepBench.EXPRESSIONS)),
                "--views",
                Integer.toString(settings.viewsPerStep()),
                "--crops",
                Double.toString(settings.crops()),
                "--guidance",
                Double.toString(settings.guidance()),
                "--laplacian",
                Double.toString(settings.laplacian()));
    }

    /** What it runs on. */
    JsonObject about() {
        return process.about();
    }

    /** Milliseconds of a step, the mean over some. */
    double step(int steps, Map<String, Double> parts) throws IOException {
        JsonObject answer = process.ask(Integer.toString(steps));
        answer.getAsJsonObject("partsMillis")
                .asMap()
                .forEach((part, millis) -> parts.merge(part, millis.getAsDouble(), Double::sum));
        return answer.get("totalMillis").getAsDouble();
    }

    /** Seconds of a whole stage of so many steps, from its start to the meshes of all expressions. */
    double whole(int steps) throws IOException {
        return process.ask("whole " + steps).get("seconds").getAsDouble();
    }

    @Override
    public void close() {
        process.close();
    }
}
