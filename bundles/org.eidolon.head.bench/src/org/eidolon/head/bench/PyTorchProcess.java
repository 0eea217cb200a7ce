// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.bench;

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
import java.util.concurrent.TimeUnit;

/** A reference script in a Python of the user's: a line asks it to measure something, a line of JSON is its answer. */
final class PyTorchProcess implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 10;

    private final Process process;
    private final BufferedReader answers;
    private final JsonObject about;

    /**
     * Starts it.
     *
     * @param usual where a checkout has the script, below releng/reference
     * @param needs the file there that says what the Python has to have
     * @throws IllegalArgumentException if it cannot be started; the message says what is missing
     */
    PyTorchProcess(String python, Path script, List<String> arguments, String usual, String needs) throws IOException {
        if (!Files.isRegularFile(script)) {
            throw new IllegalArgumentException("there is no reference loop at " + script + ": name releng/reference/"
                    + usual + " of a checkout by --reference");
        }
        List<String> command = new ArrayList<>(List.of(python, script.toString()));
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

    /** What it runs on. */
    JsonObject about() {
        return about;
    }

    /** Its answer to a line. */
    JsonObject ask(String line) throws IOException {
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
