// SPDX-License-Identifier: EPL-2.0
package org.eidolon.models.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.eidolon.models.ModelException;
import org.eidolon.models.Sha256;
import org.eidolon.models.hub.HubServer.Answer;
import org.eidolon.models.hub.HubServer.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fetching from a hub that runs in this test, on this machine only. */
class HubTest {
    private static final String NAME = "people/heads";
    private static final byte[] CONFIG = "{\"a\": 1}\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] WEIGHTS = weights();

    @TempDir
    Path folder;

    private static byte[] weights() {
        byte[] data = new byte[700_000];
        new Random(1).nextBytes(data);
        return data;
    }

    private static String listing(String sha256) {
        // the hash of the small file is git's
        return "{\"sha\": \"c0ffee\", \"gated\": \"manual\", \"cardData\": {\"license\": \"openrail\"}, \"siblings\": ["
                + "{\"rfilename\": \"unet/config.json\", \"size\": " + CONFIG.length
                + ", \"blobId\": \"cb5b2f69babc53f9145b45ad20b9a075d48717ef\"},"
                + "{\"rfilename\": \"unet/big name.safetensors\", \"size\": " + WEIGHTS.length
                + ", \"lfs\": {\"sha256\": \"" + sha256 + "\", \"size\": " + WEIGHTS.length + "}},"
                + "{\"rfilename\": \"other.txt\", \"size\": 5}]}";
    }

    private static Hub hub(HubServer server, String... more) {
        Map<String, String> environment = new java.util.HashMap<>(Map.of("HF_ENDPOINT", server.address() + "/"));
        for (int i = 0; i < more.length; i += 2) {
            environment.put(more[i], more[i + 1]);
        }
        return Hub.of(environment);
    }

    private static Answer small(Request request) {
        if (request.path().startsWith("/api/models/people/heads/revision/main")) {
            return Answer.of(200, listing(Sha256.of(WEIGHTS)).getBytes(StandardCharsets.UTF_8));
        }
        if (request.path().equals("/people/heads/resolve/c0ffee/unet/config.json")) {
            return Answer.of(200, CONFIG);
        }
        return null;
    }

    private HubDownload download(Hub hub, HubDownload.Progress progress) {
        return new HubDownload(hub, folder.resolve("to"), progress, 1);
    }

    @Test
    void goesOnAfterInterruptionsAndChecksWhatCame() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        List<Long> seen = new ArrayList<>();
        try (HubServer store =
                        new HubServer(r -> Answer.ranged(r, WEIGHTS, asked.incrementAndGet() < 3 ? 250_000 : -1));
                HubServer server = new HubServer(r -> {
                    Answer answer = small(r);
                    // large files lie elsewhere, as hubs have it
                    return answer != null
                            ? answer
                            : r.path().endsWith("/unet/big%20name.safetensors")
                                    ? Answer.redirect(store.address() + "/blob?x=1")
                                    : Answer.of(404, new byte[0]);
                })) {
            HubDownload download = download(hub(server, "HF_TOKEN", "secret"), (path, done, total) -> {
                seen.add(done);
                assertThat(total).isEqualTo(CONFIG.length + WEIGHTS.length);
            });
            HubListing listing = download.listing(NAME, "main");
            assertThat(listing.licence()).isEqualTo("openrail");
            assertThat(listing.gated()).isTrue();
            List<Path> files = download.fetch(listing, path -> path.startsWith("unet/"));
            assertThat(files).hasSize(2);
            assertThat(Files.readAllBytes(files.get(0))).isEqualTo(CONFIG);
            assertThat(Files.readAllBytes(files.get(1))).isEqualTo(WEIGHTS);
            // what a broken connection sent last may be lost with it
            List<Integer> from = store.requests.stream().map(Request::from).toList();
            assertThat(from).hasSize(3).isSorted().startsWith(0);
            assertThat(from.get(1)).isBetween(1, 250_000);
            assertThat(from.get(2)).isBetween(from.get(1) + 1, from.get(1) + 250_000);
            assertThat(seen).isSorted().last().isEqualTo((long) CONFIG.length + WEIGHTS.length);
            // the token is for the hub alone
            assertThat(server.requests).allMatch(r -> r.header("authorization").equals("Bearer secret"));
            assertThat(store.requests).allMatch(r -> r.header("authorization").isEmpty());
            // what is whole is not asked for again, on the line or off it
            int before = server.requests.size() + store.requests.size();
            download.fetch(listing, path -> path.startsWith("unet/"));
            assertThat(server.requests.size() + store.requests.size()).isEqualTo(before);
            HubDownload offline = download(Hub.of(Map.of("HF_HUB_OFFLINE", "1")), (path, done, total) -> {});
            assertThat(offline.fetch(offline.listing(NAME, "main"), path -> path.startsWith("unet/")))
                    .isEqualTo(files);
            assertThatThrownBy(() -> offline.fetch(listing, path -> true)).hasMessageContaining("other.txt");
        }
        try (var all = Files.walk(folder)) {
            assertThat(all.map(Path::toString)).noneMatch(p -> p.endsWith(".part"));
        }
    }

    @Test
    void aLaterProcessGoesOnWhereOneWasKilled() throws Exception {
        Path part = folder.resolve("to").resolve("unet").resolve("big name.safetensors.part");
        Files.createDirectories(part.getParent());
        Files.write(part, java.util.Arrays.copyOf(WEIGHTS, 123_456));
        try (HubServer server = new HubServer(r -> {
            Answer answer = small(r);
            return answer != null ? answer : Answer.ranged(r, WEIGHTS, -1);
        })) {
            HubDownload download = download(hub(server), (path, done, total) -> {});
            download.fetch(download.listing(NAME, "main"), path -> path.contains("big"));
            assertThat(server.requests).last().extracting(Request::from).isEqualTo(123_456);
        }
        assertThat(Files.readAllBytes(part.resolveSibling("big name.safetensors")))
                .isEqualTo(WEIGHTS);
    }

    @Test
    void aWrongBeginningIsFetchedAnew() throws Exception {
        Path part = folder.resolve("to").resolve("unet").resolve("big name.safetensors.part");
        Files.createDirectories(part.getParent());
        Files.write(part, new byte[1000]);
        try (HubServer server = new HubServer(r -> {
            Answer answer = small(r);
            return answer != null ? answer : Answer.ranged(r, WEIGHTS, -1);
        })) {
            HubDownload download = download(hub(server), (path, done, total) -> {});
            download.fetch(download.listing(NAME, "main"), path -> path.contains("big"));
            assertThat(server.requests.subList(1, 3)).extracting(Request::from).containsExactly(1000, 0);
        }
        assertThat(Files.readAllBytes(part.resolveSibling("big name.safetensors")))
                .isEqualTo(WEIGHTS);
    }

    @Test
    void whatIsWrongIsNamedAndNothingIsTakenForWhole() throws Exception {
        byte[] other = WEIGHTS.clone();
        other[5]++;
        try (HubServer server = new HubServer(r -> {
            Answer answer = small(r);
            return answer != null
                    ? answer
                    : r.path().contains("big") ? Answer.ranged(r, other, -1) : Answer.of(403, new byte[0]);
        })) {
            HubDownload download = download(hub(server), (path, done, total) -> {});
            HubListing listing = download.listing(NAME, "main");
            assertThatThrownBy(() -> download.fetch(listing, path -> path.contains("big")))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("sha256");
            assertThatThrownBy(() -> download.fetch(listing, path -> path.equals("other.txt")))
                    .hasMessageContaining("403")
                    .hasMessageContaining("HF_TOKEN");
            assertThat(folder.resolve("to").resolve("unet").resolve("big name.safetensors"))
                    .doesNotExist();
        }
        try (HubServer broken =
                new HubServer(r -> r.path().startsWith("/api") ? small(r) : Answer.ranged(r, WEIGHTS, 10))) {
            HubDownload download = download(hub(broken), (path, done, total) -> {});
            HubListing listing = download.listing(NAME, "main");
            assertThatThrownBy(() -> download.fetch(listing, path -> path.contains("big")))
                    .hasMessageContaining("cannot be reached")
                    .hasMessageContaining("goes on");
            assertThat(broken.requests).hasSize(1 + 5);
        }
        try (HubServer longer = new HubServer(r -> {
            Answer answer = small(r);
            return answer != null ? answer : Answer.of(200, new byte[WEIGHTS.length + 1]);
        })) {
            HubDownload download = download(hub(longer), (path, done, total) -> {});
            HubListing listing = download.listing(NAME, "main");
            Files.deleteIfExists(folder.resolve("to").resolve("unet").resolve("big name.safetensors.part"));
            assertThatThrownBy(() -> download.fetch(listing, path -> path.contains("big")))
                    .hasMessageContaining("longer than");
        }
    }

    @Test
    void answersThatAreNoneAreRefused() throws IOException {
        for (String json : List.of(
                "[]",
                "{",
                "{\"siblings\": 3}",
                "{\"siblings\": [{\"rfilename\": \"../out\"}]}",
                "{\"siblings\": [{\"rfilename\": \"/etc/out\"}]}",
                "{\"siblings\": [{\"size\": 3}]}")) {
            try (HubServer server = new HubServer(r -> Answer.of(200, json.getBytes(StandardCharsets.UTF_8)))) {
                assertThatThrownBy(() -> hub(server).list(NAME, "main"))
                        .as(json)
                        .isInstanceOf(ModelException.class)
                        .hasMessageContaining(NAME);
            }
        }
        try (HubServer server = new HubServer(r -> Answer.redirect(r.path()))) {
            assertThatThrownBy(() -> hub(server).list(NAME, "main")).hasMessageContaining("redirects more than");
        }
        try (HubServer server = new HubServer(r -> Answer.of(404, new byte[0]))) {
            assertThatThrownBy(() -> hub(server).list(NAME, "main"))
                    .hasMessageContaining("404")
                    .hasMessageContaining("check the name");
        }
        assertThatThrownBy(() -> Hub.of(Map.of())).hasMessageContaining("HF_ENDPOINT");
        assertThatThrownBy(() -> Hub.of(Map.of("HF_ENDPOINT", "ftp://x"))).hasMessageContaining("HF_ENDPOINT");
        assertThatThrownBy(() -> Hub.of(Map.of("EIDOLON_OFFLINE", "yes")).list(NAME, "main"))
                .hasMessageContaining("offline");
    }

    @Test
    void oneFormOfTheWeightsIsChosen() {
        HubListing all = repository(
                "README.md",
                "model_index.json",
                "unet/config.json",
                "unet/diffusion_pytorch_model.bin",
                "unet/diffusion_pytorch_model.fp16.safetensors",
                "unet/diffusion_pytorch_model-00001-of-00002.safetensors",
                "unet/diffusion_pytorch_model-00002-of-00002.safetensors",
                "vae/config.json",
                "vae/diffusion_pytorch_model.bin",
                "text_encoder/config.json",
                "text_encoder/model.fp16.safetensors",
                "text_encoder/model.safetensors",
                "safety_checker/model.safetensors",
                "tokenizer/vocab.json",
                "v1-5.safetensors");
        assertThat(HubChoice.of(all, null))
                .containsExactlyInAnyOrder(
                        "model_index.json",
                        "unet/config.json",
                        "unet/diffusion_pytorch_model-00001-of-00002.safetensors",
                        "unet/diffusion_pytorch_model-00002-of-00002.safetensors",
                        "vae/config.json",
                        "vae/diffusion_pytorch_model.bin",
                        "text_encoder/config.json",
                        "text_encoder/model.safetensors",
                        "tokenizer/vocab.json");
        assertThat(HubChoice.of(all, "v1-5.safetensors")).containsExactly("v1-5.safetensors");
        assertThat(HubChoice.of(
                        repository("a/adapter_model.bin", "a/adapter_config.json", "b/x"), "a/adapter_model.bin"))
                .containsExactlyInAnyOrder("a/adapter_model.bin", "a/adapter_config.json");
        assertThatThrownBy(() -> HubChoice.of(all, "none.bin")).hasMessageContaining("no file 'none.bin'");
        assertThatThrownBy(() -> HubChoice.of(repository("face.bin"), null))
                .hasMessageContaining("--file")
                .hasMessageContaining("face.bin");
        assertThatThrownBy(() -> HubChoice.of(repository("unet/config.json"), null))
                .hasMessageContaining("unet");
    }

    private static HubListing repository(String... files) {
        return new HubListing(
                NAME,
                "c0ffee",
                "",
                false,
                List.of(files).stream()
                        .map(f -> new HubListing.Entry(f, 1, "", ""))
                        .toList());
    }
}
