// SPDX-License-Identifier: EPL-2.0
package org.eidolon.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.eidolon.torch.internal.TensorPickle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What fuzzing found worth trying ({@code releng/checks/fuzz}), a small choice: damaged weights end in an error of the
 * reader's, soon, and without memory beyond what they can be worth.
 */
class TensorCorpusTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long AROUND = 32 << 20;
    private static final long EACH = 256;
    private static final long PATIENCE_NANOS = 5_000_000_000L;

    @TempDir
    Path folder;

    private interface Reader {
        void read(byte[] data) throws IOException;
    }

    /** Gives how many inputs were read without an error. */
    private static int all(String corpus, Reader reader) throws IOException {
        int good = 0, count = 0;
        try (InputStream in = TensorCorpusTest.class.getResourceAsStream(corpus);
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
                byte[] data = zip.readAllBytes();
                count++;
                long before = THREADS.getCurrentThreadAllocatedBytes(), began = System.nanoTime();
                try {
                    reader.read(data);
                    good++;
                } catch (IOException expected) {
                    assertThat(expected.getMessage()).as("%s", e.getName()).isNotBlank();
                } catch (RuntimeException | Error fault) {
                    fail(corpus + ", " + e.getName() + " ended in " + fault, fault);
                }
                assertThat(System.nanoTime() - began)
                        .as("time of %s", e.getName())
                        .isLessThan(PATIENCE_NANOS);
                assertThat(THREADS.getCurrentThreadAllocatedBytes() - before)
                        .as("memory of %s", e.getName())
                        .isLessThan(AROUND + EACH * data.length);
            }
        }
        assertThat(count).as("inputs in %s", corpus).isGreaterThan(10);
        return good;
    }

    @Test
    void pickles() throws IOException {
        all("fuzz-pickle.zip", TensorPickle::read);
    }

    @Test
    void archives() throws IOException {
        Path file = folder.resolve("x.bin");
        int good = all("fuzz-archive.zip", data -> {
            Files.write(file, data);
            try (TorchArchive in = TorchArchive.open(file)) {
                for (SafeTensors.Info info : in.tensors()) {
                    if (info.type().startsWith("F")) in.floats(info.name());
                }
            }
        });
        assertThat(good).as("whole ones among them").isPositive();
    }

    @Test
    void safetensors() throws IOException {
        Path file = folder.resolve("x.safetensors");
        int good = all("fuzz-safetensors.zip", data -> {
            Files.write(file, data);
            try (SafeTensors in = SafeTensors.open(file)) {
                for (SafeTensors.Info info : in.tensors()) {
                    if (info.type().startsWith("F") && !info.type().startsWith("F8")) in.floats(info.name());
                }
            }
        });
        assertThat(good).as("whole ones among them").isPositive();
    }
}
