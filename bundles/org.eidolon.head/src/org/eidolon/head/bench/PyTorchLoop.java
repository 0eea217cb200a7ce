// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.bench;

import ai.djl.Device;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eidolon.head.geometry.GeometrySettings;
import org.eidolon.head.geometry.StepBench;
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
        List<String> arguments = List.of(
                "--weights",
                weights.toString(),
                "--device",
                device.isGpu() ? "cuda:" + device.getDeviceId() : "cpu",
                "--threads",
                Integer.toString(Torch.describe().threads()),
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
        process = new PyTorchProcess(python, script, arguments, "releng/reference/requirements-bench.txt");
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
