// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.eidolon.testing.head.Places;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** {@code eidolon bench unet} on a network of small sizes. */
class BenchUNetTest {
    private static JsonObject run(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--tiny", "--device", "cpu", "--batches", "1", "--repetitions", "1", "--count", "1", "--rank", "2"));
        arguments.addAll(List.of(more));
        PrintStream out = System.out;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
            assertThat(new CommandLine(new BenchUNet()).execute(arguments.toArray(new String[0])))
                    .isZero();
        } finally {
            System.setOut(out);
        }
        return JsonParser.parseString(said.toString(StandardCharsets.UTF_8)).getAsJsonObject();
    }

    @Test
    void timesPassesStepsAndEachWayToCompute() {
        JsonObject json = run("--variants");
        assertThat(json.get("passMillis").getAsJsonObject().get("1").getAsDouble())
                .isPositive();
        JsonObject steps = json.getAsJsonObject("loraSteps");
        assertThat(steps.keySet()).containsExactly("1 checkpointed", "1 plain");
        assertThat(json.get("loraParameters").getAsLong()).isEqualTo(parameters());
        JsonObject variants = json.getAsJsonObject("variants").getAsJsonObject("1");
        assertThat(variants.getAsJsonObject("passes")
                        .get("norm summed, attention torch, stacked, channels last")
                        .getAsDouble())
                .isPositive();
        assertThat(variants.getAsJsonObject("steps").keySet())
                .hasSize(2)
                .allMatch(name -> name.startsWith("norm torch") || name.startsWith("norm folded"));
        JsonObject profile = json.getAsJsonObject("profileMillis");
        assertThat(profile.keySet())
                .contains(
                        "convolutions",
                        "self-attention",
                        "products",
                        "gated products",
                        "group norms, activations",
                        "pass");
    }

    /** Of rank 2 on q, k, v and out: three transformers of 32 channels, one of 64; words have 16. */
    private static long parameters() {
        return 3 * attention(32) + attention(64);
    }

    private static long attention(int width) {
        return 2 * (8L * 2 * width - 2 * (width - 16));
    }

    @Test
    void whatIsWrongIsNamed() {
        StringWriter error = new StringWriter();
        CommandLine line = new CommandLine(new BenchUNet()).setErr(new PrintWriter(error));
        assertThat(line.execute("--tiny", "--device", "cpu", "--batches", "0")).isEqualTo(2);
        assertThat(error.toString()).contains("--batches");
        error.getBuffer().setLength(0);
        assertThat(line.execute("--tiny", "--device", "cpu", "--precision", "int4"))
                .isEqualTo(2);
        assertThat(error.toString()).contains("int4", "bfloat16");
    }

    @Test
    void besideDiffusersAndPeft() {
        String python = System.getenv("EIDOLON_REFERENCE_PYTHON");
        assumeThat(python)
                .as("EIDOLON_REFERENCE_PYTHON: a Python with releng/reference/requirements.txt")
                .isNotNull();
        JsonObject json = run(
                "--against",
                python,
                "--compile",
                "0",
                "--reference",
                Places.root().resolve("releng/reference/unet/bench.py").toString());
        JsonObject step = json.getAsJsonObject("lora plain 1");
        assertThat(step.get("theirParameters").getAsLong())
                .isEqualTo(json.get("loraParameters").getAsLong());
        assertThat(json.getAsJsonObject("pass eager 1").get("ratio").getAsDouble())
                .isBetween(0.01, 100.0);
    }
}
