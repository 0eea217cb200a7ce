// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.bench;

import ai.djl.Device;
import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eidolon.diffusion.Precision;
import org.eidolon.head.geometry.GeometrySettings;
import org.eidolon.head.geometry.StepBench;
import org.eidolon.torch.Torch;

/**
 * The geometry stage's loop in plain PyTorch, running in a Python of the user's: what Eidolon is timed against. The script
 * ({@code releng/reference/geometry/step.py}) is told the same sizes and numbers, and computes with as many threads.
 */
final class PyTorchLoop implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 10;

    private final Process process;
    private final BufferedReader answers;
    private final JsonObject about;

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
     * @param usual where the script lies in a checkout, below releng/reference
     * @param needs the file there that names what it needs
     */
    PyTorchLoop(String python, Path script, String usual, String needs, Device device, List<String> arguments)
            throws IOException {
        if (!Files.isRegularFile(script)) {
            throw new IllegalArgumentException("there is no reference loop at " + script + ": name releng/reference/"
                    + usual + " of a checkout by --reference");
        }
        List<String> command = new ArrayList<>(List.of(
                python,
                script.toString(),
                "--device",
                device.isGpu() ? "cuda:" + device.getDeviceId() : "cpu",
                "--threads",
                Integer.toString(Torch.describe().threads())));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        // another libtorch than its own must not come in by the side
        builder.environment().remove("LD_LIBRARY_PATH");
        builder.environment().remove("PYTHONPATH");
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new IllegalArgumentException("'" + python + "' cannot be started: " + e.getMessage(), e);
        }
        answers = process.inputReader(StandardCharsets.UTF_8);
        try {
            about = answer();
        } catch (IllegalStateException e) {
            close();
            throw new IllegalArgumentException(
                    "the reference loop does not start in '" + python + "': it needs what releng/reference/" + needs
                            + " names (python3 -m venv …; pip install -r …)",
                    e);
        }
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
        return about;
    }

    /** Milliseconds of a step, the mean over some. */
    double step(int steps, Map<String, Double> parts) throws IOException {
        JsonObject answer = ask(Integer.toString(steps));
        answer.getAsJsonObject("partsMillis")
                .asMap()
                .forEach((part, millis) -> parts.merge(part, millis.getAsDouble(), Double::sum));
        return answer.get("totalMillis").getAsDouble();
    }

    /** Seconds of a whole stage of so many steps, from its start to the meshes of all expressions. */
    double whole(int steps) throws IOException {
        return ask("whole " + steps).get("seconds").getAsDouble();
    }

    private JsonObject ask(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        return answer();
    }

    private JsonObject answer() throws IOException {
        String line = answers.readLine();
        try {
            JsonObject answer = line == null ? null : new Gson().fromJson(line, JsonObject.class);
            if (answer != null) return answer;
        } catch (JsonParseException e) {
            throw new IllegalStateException("the reference loop said '" + line + "' instead of an answer", e);
        }
        throw new IllegalStateException("the reference loop ended before it answered; what it said stands above");
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) process.destroyForcibly();
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
