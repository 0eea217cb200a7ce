// SPDX-License-Identifier: EPL-2.0
package org.eidolon.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelShelfTest {
    private static final ModelShelf.Label LABEL =
            new ModelShelf.Label("stable-diffusion", "openrail", "made by a test", "", Map.of("layout", "folder"));

    private record Folder(String name, Path folder) implements ModelSource {}

    @TempDir
    Path folder;

    private List<Path> files(String content) throws IOException {
        Path base = folder.resolve("from");
        Files.createDirectories(base.resolve("unet"));
        return List.of(
                Files.writeString(base.resolve("model_index.json"), "{}"),
                Files.writeString(base.resolve("unet").resolve("weights.safetensors"), content));
    }

    private ModelShelf shelf() {
        return new ModelShelf(folder.resolve("shelf"));
    }

    private Models models() {
        return Models.of(List.of(new Folder("shelf", folder.resolve("shelf"))));
    }

    @Test
    void linkedAndCopiedModelsAreListedAndVerified() throws Exception {
        List<Path> files = files("one");
        List<ModelInfo> added =
                shelf().add("sd", LABEL, folder.resolve("from"), files, ModelShelf.Way.LINK, false, p -> {});
        assertThat(added)
                .extracting(ModelInfo::id)
                .containsExactly("sd/model_index.json", "sd/unet/weights.safetensors");
        assertThat(models().folder("sd")).isEqualTo(folder.resolve("shelf").resolve("sd"));
        assertThat(models().place("sd")).isEqualTo(models().folder("sd"));
        assertThat(models().files("sd")).hasSize(2);
        assertThat(models().files("s")).isEmpty();
        assertThat(models().told("sd", "layout")).isEqualTo("folder");
        assertThat(models().told("sd", "predicts")).isNull();
        assertThat(models().told("s", "layout")).isNull();
        assertThat(Files.isSymbolicLink(folder.resolve("shelf/sd/unet/weights.safetensors")))
                .isTrue();
        // what a link leads to changes: that is seen
        Files.writeString(files.get(1), "two");
        assertThatThrownBy(() -> models().folder("sd")).hasMessageContaining("not the listed ones");
        assertThatThrownBy(() ->
                        shelf().add("sd", LABEL, folder.resolve("from"), files, ModelShelf.Way.COPY, false, p -> {}))
                .hasMessageContaining("there already");
        shelf().add("sd", LABEL, folder.resolve("from"), files, ModelShelf.Way.COPY, true, p -> {});
        Files.writeString(files.get(1), "three");
        assertThat(models().folder("sd").resolve("unet/weights.safetensors")).hasContent("two");
    }

    /** While large files are copied, another command adds others to the same list. */
    @Test
    void whatIsAddedAndRemovedMeanwhileIsKept() throws Exception {
        List<Path> files = files("one");
        Path base = folder.resolve("from");
        shelf().add("old", LABEL, base, files, ModelShelf.Way.COPY, false, p -> {});
        shelf().add("first", LABEL, base, files, ModelShelf.Way.COPY, false, p -> {
            if (!shelf().has("second")) {
                shelf().add("second", LABEL, base, files, ModelShelf.Way.COPY, false, q -> {});
                shelf().remove("old");
            }
        });
        assertThat(shelf().has("first")).isTrue();
        assertThat(shelf().has("second")).isTrue();
        assertThat(shelf().has("old")).isFalse();
        assertThat(models().files("second")).hasSize(2);
    }

    @Test
    void ofTwoOfOneNameTheSecondIsRefused() throws Exception {
        List<Path> files = files("one");
        Path base = folder.resolve("from");
        assertThatThrownBy(() -> shelf().add("same", LABEL, base, files, ModelShelf.Way.COPY, false, p -> {
                    if (!shelf().has("same")) {
                        var label = new ModelShelf.Label("stable-diffusion", "mit", "quicker", "", Map.of());
                        var other = new ProcessLike(folder);
                        other.list("same", label);
                    }
                }))
                .hasMessageContaining("weights 'same' are there already");
        assertThat(shelf().has("same")).isTrue();
    }

    /** What another process does between the first look at the list and the last. */
    private record ProcessLike(Path folder) {
        void list(String name, ModelShelf.Label label) {
            ModelListing.put(
                    folder.resolve("shelf"),
                    new ModelInfo(
                            name,
                            label.kind(),
                            name,
                            "0".repeat(64),
                            1,
                            label.licence(),
                            label.origin(),
                            "",
                            Map.of()));
        }
    }

    @Test
    void aSingleFileGoesByItsName() throws Exception {
        Path file = Files.writeString(folder.resolve("lora.safetensors"), "x");
        shelf().add("heads", LABEL, folder, List.of(file), ModelShelf.Way.COPY, false, p -> {});
        assertThat(models().get("heads").verifiedPath()).hasContent("x");
        assertThat(models().folder("heads")).isEqualTo(folder.resolve("shelf").resolve("heads"));
        assertThat(models().place("heads")).isEqualTo(folder.resolve("shelf/heads/lora.safetensors"));
        assertThatThrownBy(() -> models().place("head"))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("no weights 'head'");
    }

    @Test
    void removingLeavesWhatIsLinked() throws Exception {
        List<Path> files = files("one");
        shelf().add("sd", LABEL, folder.resolve("from"), files, ModelShelf.Way.LINK, false, p -> {});
        shelf().add("sd2", LABEL, folder.resolve("from"), files, ModelShelf.Way.COPY, false, p -> {});
        shelf().remove("sd");
        assertThat(files.get(1)).hasContent("one");
        assertThat(folder.resolve("shelf").resolve("sd")).doesNotExist();
        assertThat(models().list()).extracting(m -> m.info().id()).contains("sd2/model_index.json");
        assertThat(shelf().has("sd")).isFalse();
        assertThatThrownBy(() -> shelf().remove("sd")).hasMessageContaining("no weights 'sd'");
    }

    @Test
    void whatFailsLeavesEverythingAsItWas() throws Exception {
        List<Path> files = files("one");
        shelf().add("sd", LABEL, folder.resolve("from"), files, ModelShelf.Way.COPY, false, p -> {});
        Path gone = folder.resolve("from").resolve("gone");
        assertThatThrownBy(() -> shelf().add(
                                "sd",
                                LABEL,
                                folder.resolve("from"),
                                List.of(files.get(0), gone),
                                ModelShelf.Way.COPY,
                                true,
                                p -> {}))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("gone");
        assertThat(models().folder("sd").resolve("unet/weights.safetensors")).hasContent("one");
        for (String bad : List.of("", "A", "../x", "a/b", ".hidden", "a b")) {
            assertThatThrownBy(() -> shelf().remove(bad)).hasMessageContaining("no name for weights");
        }
    }
}
