// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.eidolon.torch.SafeTensors;
import org.eidolon.torch.TensorFile;
import org.eidolon.torch.TorchArchive;
import org.eidolon.torch.internal.TensorPickle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What fuzzing found worth trying ({@code releng/checks/fuzz}), a small choice: each is read, or refused by an error of the
 * reader's, soon, and takes no more than twice its size and a bit.
 */
class FuzzCorpusTest {
    private static final String[] TOKENIZER = {"vocab.json", "merges.txt", "special_tokens_map.json"};

    /** What a configuration asks for is bounded by sense, whatever its length. */
    private static final int LAYOUT = 64 << 20;

    @TempDir
    Path folder;

    /** Reads an input, asking for what it takes; gives what was wrong with it. */
    private interface Attempt {
        String read(String name, byte[] data) throws IOException;
    }

    /** Gives how many inputs were read without an error. */
    private static int all(String corpus, Attempt attempt) throws IOException {
        int good = 0, count = 0;
        try (InputStream in = FuzzCorpusTest.class.getResourceAsStream("fixtures/" + corpus);
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
                byte[] data = zip.readAllBytes();
                count++;
                try {
                    good += attempt.read(e.getName(), data).isEmpty() ? 1 : 0;
                } catch (RuntimeException | StackOverflowError fault) {
                    fail(corpus + ", " + e.getName() + " ended in " + fault, fault);
                }
            }
        }
        assertThat(count).as("inputs in %s", corpus).isGreaterThan(10);
        return good;
    }

    @Test
    void configurations() throws IOException {
        int good = all("fuzz-configs.zip", (name, data) -> {
            if (data.length == 0) {
                return "empty";
            }
            String text = new String(data, 1, data.length - 1, StandardCharsets.UTF_8);
            String error = Reserved.atMost(2, Reserved.SMALL, data.length, name, () -> {
                switch (data[0] & 3) {
                    case 0 -> DiffusersConfig.read(text);
                    case 1 -> VaeConfig.read(text);
                    case 2 -> ClipConfig.read(text);
                    // with the tables of up to a hundred thousand timesteps
                    default -> {}
                }
            });
            return !error.isEmpty()
                    ? error
                    : Reserved.atMost(2, LAYOUT, data.length, name, () -> {
                        switch (data[0] & 3) {
                            case 0 -> UNet.shapes(DiffusersConfig.read(text));
                            case 1 -> Vae.shapes(VaeConfig.read(text));
                            case 2 -> ClipText.shapes(ClipConfig.read(text));
                            default -> {
                                SchedulerConfig config = SchedulerConfig.read(text);
                                for (SchedulerConfig.Method method : SchedulerConfig.Method.values()) {
                                    config.sampler(method, 7, 0.5);
                                }
                            }
                        }
                    });
        });
        assertThat(good).as("whole ones among them").isPositive();
    }

    /** Three files and a text, divided by zero bytes. */
    @Test
    void tokenizers() throws IOException {
        int good = all("fuzz-tokenizer.zip", (name, data) -> {
            int from = 0;
            for (String file : TOKENIZER) {
                int to = from;
                while (to < data.length && data[to] != 0) {
                    to++;
                }
                Files.write(folder.resolve(file), Arrays.copyOfRange(data, Math.min(from, data.length), to));
                from = Math.min(to + 1, data.length);
            }
            String error = Reserved.atMost(2, Reserved.SMALL, data.length, name, () -> ClipTokenizer.read(folder, 77));
            if (error.isEmpty()) {
                String rest = new String(data, from, data.length - from, StandardCharsets.UTF_8);
                assertThat(ClipTokenizer.read(folder, 77).encode(rest)).hasSize(77);
            }
            return error;
        });
        assertThat(good).as("whole ones among them").isPositive();
    }

    @Test
    void safetensors() throws IOException {
        Path file = folder.resolve("x.safetensors");
        int good = all("fuzz-safetensors.zip", (name, data) -> {
            Files.write(file, data);
            String error = Reserved.atMost(
                    2,
                    Reserved.SMALL,
                    data.length,
                    name,
                    () -> SafeTensors.open(file).close());
            return error.isEmpty() ? floats(file, name) : error;
        });
        assertThat(good).as("whole ones among them").isPositive();
    }

    @Test
    void archives() throws IOException {
        Path file = folder.resolve("x.bin");
        int good = all("fuzz-archive.zip", (name, data) -> {
            Files.write(file, data);
            String error = Reserved.atMost(
                    2,
                    Reserved.PICKLE,
                    data.length,
                    name,
                    () -> TorchArchive.open(file).close());
            return error.isEmpty() ? floats(file, name) : error;
        });
        assertThat(good).as("whole ones among them").isPositive();
    }

    /** Each tensor by itself takes no more than twice the file. */
    private static String floats(Path file, String name) throws IOException {
        String errors = "";
        try (TensorFile in = TensorFile.open(file)) {
            for (SafeTensors.Info info : in.tensors()) {
                if (info.type().startsWith("F") && !info.type().startsWith("F8")) {
                    errors += Reserved.atMost(2, Reserved.SMALL, Files.size(file), name, () -> in.floats(info.name()));
                }
            }
        }
        return errors;
    }

    @Test
    void pickles() throws IOException {
        int good = all(
                "fuzz-pickle.zip",
                (name, data) -> Reserved.atMost(
                        2,
                        Reserved.PICKLE,
                        data.length,
                        name,
                        () -> TensorPickle.read(new ByteArrayInputStream(data), data.length, data.length)));
        assertThat(good).as("whole ones among them").isPositive();
    }
}
