// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eidolon.torch.SafeTensors;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Weights;

/** What the scripts in {@code releng/reference} wrote. */
record Fixture(Map<String, NDArray> tensors, UNetConfig config) {
    static Path file(String name, Path folder) {
        try (InputStream in = Fixture.class.getResourceAsStream("fixtures/" + name)) {
            Path file = folder.resolve(Path.of(name).getFileName());
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Fixture read(String name, Scope s, Path folder) {
        Path file = file(name, folder);
        try (SafeTensors in = SafeTensors.open(file)) {
            String json = in.metadata().get("config");
            return new Fixture(Weights.load(s, file).map(), json == null ? null : DiffusersConfig.read(json));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without a UNet's configuration. */
    static Fixture tensors(String name, Scope s, Path folder) throws IOException {
        return new Fixture(Weights.load(s, file(name, folder)).map(), null);
    }

    NDArray get(String name) {
        return tensors.get(name);
    }

    /** The model's weights. */
    Map<String, NDArray> weights() {
        Map<String, NDArray> w = new LinkedHashMap<>();
        tensors.forEach((k, v) -> {
            if (k.startsWith("w.")) {
                w.put(k.substring(2), v);
            }
        });
        return w;
    }
}
