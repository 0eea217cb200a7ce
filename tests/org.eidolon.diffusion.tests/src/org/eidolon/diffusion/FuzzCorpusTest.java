// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.eidolon.torch.SafeTensors;
import org.eidolon.torch.TorchArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What fuzzing found worth trying ({@code releng/checks/fuzz}), a small choice: each is read, or refused by an error of the
 * reader's, soon, and without memory beyond what it can be worth.
 */
class FuzzCorpusTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long AROUND = 32 << 20;
    private static final long EACH = 256;

    /** Sizes in a configuration are bounded, whatever its length. */
    private static final long CONFIGURATION = 1 << 20;

    private static final long PATIENCE_NANOS = 5_000_000_000L;
    private static final String[] TOKENIZER = {"vocab.json", "merges.txt", "special_tokens_map.json"};

    @TempDir
    Path folder;

    private interface Reader {
        void read(byte[] data) throws IOException;
    }

    /** Gives how many inputs were read without an error. */
    private static int all(String corpus, long worth, Reader reader) throws IOException {
        int good = 0, count = 0;
        try (InputStream in = FuzzCorpusTest.class.getResourceAsStream("fixtures/" + corpus);
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
                byte[] data = zip.readAllBytes();
                count++;
                long before = THREADS.getCurrentThreadAllocatedBytes(), began = System.nanoTime();
                try {
                    reader.read(data);
                    good++;
                } catch (IOException | IllegalArgumentException expected) {
                    assertThat(expected.getMessage()).as("%s", e.getName()).isNotBlank();
                } catch (RuntimeException | Error fault) {
                    fail(corpus + ", " + e.getName() + " ended in " + fault, fault);
                }
                assertThat(System.nanoTime() - began)
                        .as("time of %s", e.getName())
                        .isLessThan(PATIENCE_NANOS);
                assertThat(THREADS.getCurrentThreadAllocatedBytes() - before)
                        .as("memory of %s", e.getName())
                        .isLessThan(AROUND + EACH * Math.max(data.length, worth));
            }
        }
        assertThat(count).as("inputs in %s", corpus).isGreaterThan(10);
        return good;
    }

    @Test
    void configurations() throws IOException {
        int good = all("fuzz-configs.zip", CONFIGURATION, data -> {
            if (data.length == 0) return;
            String text = new String(data, 1, data.length - 1, StandardCharsets.UTF_8);
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
        assertThat(good).as("whole ones among them").isPositive();
    }

    /** Three files and a text, divided by zero bytes. */
    @Test
    void tokenizers() throws IOException {
        int good = all("fuzz-tokenizer.zip", 0, data -> {
            int from = 0;
            for (String name : TOKENIZER) {
                int to = from;
                while (to < data.length && data[to] != 0) to++;
                Files.write(folder.resolve(name), Arrays.copyOfRange(data, Math.min(from, data.length), to));
                from = Math.min(to + 1, data.length);
            }
            ClipTokenizer tokenizer = ClipTokenizer.read(folder, 77);
            String rest = new String(Arrays.copyOfRange(data, from, data.length), StandardCharsets.UTF_8);
            assertThat(tokenizer.encode(rest)).hasSize(77);
        });
        assertThat(good).as("whole ones among them").isPositive();
    }

    @Test
    void safetensors() throws IOException {
        Path file = folder.resolve("x.safetensors");
        int good = all("fuzz-safetensors.zip", 0, data -> {
            Files.write(file, data);
            try (SafeTensors in = SafeTensors.open(file)) {
                for (SafeTensors.Info info : in.tensors()) {
                    if (info.type().startsWith("F") && !info.type().startsWith("F8")) in.floats(info.name());
                }
            }
        });
        assertThat(good).as("whole ones among them").isPositive();
    }

    @Test
    void archives() throws IOException {
        assertThat(all("fuzz-archive.zip", 0, this::archive))
                .as("whole ones among them")
                .isPositive();
    }

    /** Each as what a good archive says. */
    @Test
    void pickles() throws IOException {
        all("fuzz-pickle.zip", 0, data -> {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
                zip.putNextEntry(new ZipEntry("archive/data.pkl"));
                zip.write(data);
                zip.closeEntry();
                zip.putNextEntry(new ZipEntry("archive/version"));
                zip.write("3\n".getBytes(StandardCharsets.US_ASCII));
            }
            archive(bytes.toByteArray());
        });
    }

    private void archive(byte[] data) throws IOException {
        Path file = folder.resolve("x.bin");
        Files.write(file, data);
        try (TorchArchive in = TorchArchive.open(file)) {
            for (SafeTensors.Info info : in.tensors()) {
                if (info.type().startsWith("F")) in.floats(info.name());
            }
        }
    }
}
