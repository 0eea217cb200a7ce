// SPDX-License-Identifier: EPL-2.0
package org.eidolon.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibtorchTest {
    private static Path library(Path folder, String... names) throws Exception {
        Files.createDirectories(folder);
        for (String name : names) {
            Files.createFile(folder.resolve(System.mapLibraryName(name)));
        }
        return folder;
    }

    @Test
    void aPythonPackage(@TempDir Path folder) throws Exception {
        Path lib = library(folder.resolve("torch/lib"), "torch", "torch_cuda");
        Files.writeString(folder.resolve("torch/version.py"), "__version__ = '2.11.0+cu130'\ndebug = False\n");
        Libtorch.Found expected = new Libtorch.Found(lib, "2.11.0", "cu130");
        assertThat(Libtorch.inspect(folder)).isEqualTo(expected);
        assertThat(Libtorch.inspect(folder.resolve("torch"))).isEqualTo(expected);
        assertThat(Libtorch.inspect(lib)).isEqualTo(expected);
    }

    @Test
    void aDownloadedLibtorch(@TempDir Path folder) throws Exception {
        Path lib = library(folder.resolve("lib"), "torch");
        Files.writeString(folder.resolve("build-version"), "2.7.1+cpu\n");
        assertThat(Libtorch.inspect(folder)).isEqualTo(new Libtorch.Found(lib, "2.7.1", "cpu"));
        Files.writeString(folder.resolve("build-version"), "2.7.1+cu126\n");
        library(lib, "torch_cuda");
        // one JNI library serves every CUDA flavour of the version it was built for
        assertThat(Libtorch.inspect(folder).flavor()).isEqualTo("cu128");
    }

    @Test
    void aFolderWithoutIt(@TempDir Path folder) {
        assertThatThrownBy(() -> Libtorch.inspect(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContaining("libtorch");
    }
}
