// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What fuzzing found worth trying of tokenizers and configurations ({@code releng/checks/fuzz}), a small choice: each is
 * read, or refused by an error of the reader's, soon, and without memory beyond what it can be worth.
 */
class TextCorpusTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long MOST = 300L << 20;
    private static final long PATIENCE_NANOS = 5_000_000_000L;
    private static final String[] TOKENIZER = {"vocab.json", "merges.txt", "special_tokens_map.json"};

    @TempDir
    Path folder;

    private interface Reader {
        void read(byte[] data) throws IOException;
    }

    private static int all(String corpus, Reader reader) throws IOException {
        int good = 0, count = 0;
        try (InputStream in = TextCorpusTest.class.getResourceAsStream("fixtures/" + corpus);
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
                        .isLessThan(MOST);
            }
        }
        assertThat(count).as("inputs in %s", corpus).isGreaterThan(10);
        return good;
    }

    @Test
    void configurations() throws IOException {
        int good = all("fuzz-configs.zip", data -> {
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
        int good = all("fuzz-tokenizer.zip", data -> {
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
}
