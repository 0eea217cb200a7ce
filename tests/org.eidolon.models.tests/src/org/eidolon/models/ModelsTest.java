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

class ModelsTest {
    private record Folder(String name, Path folder) implements ModelSource {}

    private static ModelInfo put(Path folder, String id, String file, byte[] data) throws IOException {
        Files.createDirectories(folder);
        Files.write(folder.resolve(file), data);
        ModelInfo info = new ModelInfo(
                id,
                "test",
                file,
                Sha256.of(data),
                data.length,
                "CC0",
                "made by a test",
                "",
                Map.of("identityEncoder", "some/encoder"));
        ModelListing.put(folder, info);
        return info;
    }

    private static Models of(Path... folders) {
        return Models.of(java.util.Arrays.stream(folders)
                .map(f -> new Folder(f.getFileName().toString(), f))
                .toList());
    }

    @Test
    void theStarterWeightsAreListedPresentAndUndamaged() {
        Models models = Models.standard();
        assertThat(models.list())
                .extracting(m -> m.info().id())
                .contains(
                        "identity/mobilefacenet-arcface",
                        "detector/retinaface-mnet25",
                        "text/all-minilm-l6-v2-q",
                        "text/all-minilm-l6-v2-q/tokenizer");
        for (Model model : models.list()) {
            assertThat(model.present()).as(model.toString()).isTrue();
            model.verify();
            assertThat(model.info().licence()).as(model.toString()).isNotBlank();
            assertThat(model.info().origin()).as(model.toString()).isNotBlank();
        }
        assertThat(models.get("identity/mobilefacenet-arcface").info().caveat()).contains("research");
    }

    @Test
    void findsByIdAndByHash(@TempDir Path folder) throws IOException {
        ModelInfo info = put(folder, "a/b", "x.bin", new byte[] {1, 2, 3});
        Models models = of(folder);
        assertThat(models.get("a/b").bytes()).containsExactly(1, 2, 3);
        assertThat(models.get(info.sha256()).info()).isEqualTo(info);
        assertThat(models.get(info.sha256().substring(0, 12).toUpperCase()).info())
                .isEqualTo(info);
        assertThat(models.get("a/b", info.sha256()).verifiedPath()).isEqualTo(folder.resolve("x.bin"));
        assertThat(models.get("a/b").info().attributes()).containsEntry("identityEncoder", "some/encoder");
    }

    @Test
    void theFirstSourceWins(@TempDir Path base) throws IOException {
        put(base.resolve("one"), "a", "x.bin", new byte[] {1});
        put(base.resolve("two"), "a", "x.bin", new byte[] {2});
        assertThat(of(base.resolve("one"), base.resolve("two")).get("a").bytes())
                .containsExactly(1);
    }

    @Test
    void unknownWeightsSayWhatIsKnownAndWhatToDo(@TempDir Path folder) throws IOException {
        put(folder, "known", "x.bin", new byte[1]);
        assertThatThrownBy(() -> of(folder).get("prior/other"))
                .isInstanceOf(ModelException.class)
                .hasMessageContainingAll("prior/other", "known", folder.toString(), "EIDOLON_MODELS");
    }

    @Test
    void aMissingFileIsNamed(@TempDir Path folder) throws IOException {
        put(folder, "a", "x.bin", new byte[1]);
        Files.delete(folder.resolve("x.bin"));
        Model model = of(folder).get("a");
        assertThat(model.present()).isFalse();
        assertThatThrownBy(model::bytes).hasMessageContainingAll("missing", "x.bin", "made by a test");
        assertThatThrownBy(model::verifiedPath).hasMessageContaining("missing");
    }

    @Test
    void aChangedFileIsRefused(@TempDir Path folder) throws IOException {
        put(folder, "a", "x.bin", new byte[] {1, 2, 3});
        Model model = of(folder).get("a");
        Files.write(folder.resolve("x.bin"), new byte[] {1, 2, 4});
        assertThatThrownBy(model::bytes).hasMessageContainingAll("sha256", "not the listed");
        assertThatThrownBy(model::verifiedPath).hasMessageContaining("sha256");
        Files.write(folder.resolve("x.bin"), new byte[1000]);
        assertThatThrownBy(model::bytes).hasMessageContaining("size");
        assertThatThrownBy(model::verify).hasMessageContaining("size");
    }

    @Test
    void anotherHashUnderTheSameIdIsRefused(@TempDir Path folder) throws IOException {
        put(folder, "identity/x", "x.bin", new byte[] {1});
        String other = "0".repeat(64);
        assertThatThrownBy(() -> of(folder).get("identity/x", other))
                .hasMessageContainingAll("identity/x", other, "use the file that is asked for");
    }

    @Test
    void aFileOutsideTheFolderIsRefused(@TempDir Path base) throws IOException {
        Path folder = base.resolve("models");
        put(folder, "a", "x.bin", new byte[1]);
        Files.write(base.resolve("secret"), new byte[1]);
        for (String path : List.of("../secret", base.resolve("secret").toString(), "sub/../../secret")) {
            ModelListing.put(folder, new ModelInfo("a", "test", path, Sha256.of(new byte[1]), 1, "", "", "", Map.of()));
            assertThatThrownBy(() -> of(folder).get("a").bytes()).as(path).hasMessageContaining("leaves the folder");
        }
    }

    @Test
    void damagedListsAreRefusedWithTheirName(@TempDir Path folder) throws IOException {
        for (String json : List.of(
                "",
                "[]",
                "{",
                "{\"schema\": 9, \"models\": []}",
                "{\"schema\": 1}",
                "{\"schema\": 1, \"models\": [{\"id\": \"a\"}]}",
                "{\"schema\": 1, \"models\": [{\"id\":\"a\",\"kind\":\"k\",\"file\":\"f\",\"sha256\":\"zz\",\"size\":1}]}",
                "{\"schema\": 1, \"models\": [3]}")) {
            Files.writeString(folder.resolve("models.json"), json);
            assertThatThrownBy(() -> of(folder)).as(json).isInstanceOf(ModelException.class);
        }
        Files.writeString(folder.resolve("models.json"), "{\"schema\": 9, \"models\": []}");
        assertThatThrownBy(() -> of(folder))
                .hasMessageContaining(folder.resolve("models.json").toString());
    }

    @Test
    void aFolderWithoutAListIsAWarning(@TempDir Path folder) {
        assertThat(of(folder).warnings()).singleElement().asString().contains(folder.toString(), "models.json");
    }

    @Test
    void aListSurvivesBeingWritten(@TempDir Path folder) throws IOException {
        ModelInfo a = put(folder, "a", "x.bin", new byte[] {1});
        ModelInfo b = put(folder, "b", "y.bin", new byte[] {2});
        put(folder, "a", "x.bin", new byte[] {1});
        assertThat(ModelListing.read(folder)).containsExactly(a, b);
    }
}
