// SPDX-License-Identifier: EPL-2.0
package org.eidolon.models.hub;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eidolon.models.ModelException;

/**
 * A hub of published weights that speaks Hugging Face's protocol. Nothing is asked of it unless a method is called. The
 * token goes to the hub's own host only, and never without encryption, save to this machine.
 */
public final class Hub {
    private static final long MAX_LISTING = 64 << 20;
    private static final int MAX_REDIRECTS = 5;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final URI endpoint;
    private final String token;
    private final boolean offline;
    private final HttpClient client;

    private Hub(URI endpoint, String token, boolean offline) {
        this.endpoint = endpoint;
        this.token = token;
        this.offline = offline;
        this.client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(PATIENCE)
                .build();
    }

    /**
     * The hub that the environment names: {@code HF_ENDPOINT} its address, {@code HF_TOKEN} a token,
     * {@code HF_HUB_OFFLINE} or {@code EIDOLON_OFFLINE} (1, true, yes or on) that nothing may be asked of it.
     *
     * @throws ModelException when the address is missing or is none
     */
    public static Hub of(Map<String, String> environment) {
        boolean offline = on(environment.get("HF_HUB_OFFLINE")) || on(environment.get("EIDOLON_OFFLINE"));
        String address = environment.getOrDefault("HF_ENDPOINT", "").strip();
        if (address.isEmpty() && !offline) {
            throw new ModelException("no hub is named: set HF_ENDPOINT to the address of one (https://…), or give the"
                    + " path of a folder that lies here");
        }
        URI endpoint;
        try {
            endpoint = URI.create(address.replaceAll("/+$", ""));
        } catch (IllegalArgumentException e) {
            throw new ModelException("HF_ENDPOINT is '" + address + "', which is no address: " + e.getMessage(), e);
        }
        if (!offline && (endpoint.getHost() == null || !Set.of("http", "https").contains(endpoint.getScheme()))) {
            throw new ModelException("HF_ENDPOINT is '" + address + "', expected an address such as https://HOST");
        }
        return new Hub(endpoint, environment.getOrDefault("HF_TOKEN", "").strip(), offline);
    }

    private static boolean on(String value) {
        return value != null
                && Set.of("1", "true", "yes", "on").contains(value.strip().toLowerCase());
    }

    /** Whether nothing may be asked of it. */
    public boolean offline() {
        return offline;
    }

    /**
     * What a repository holds.
     *
     * @param repository owner and name
     * @param revision a branch, tag or commit
     * @throws ModelException when it does not exist, is closed to this token, or the hub cannot be reached
     */
    public HubListing list(String repository, String revision) {
        return HubListing.parse(repository, new String(listing(repository, revision), StandardCharsets.UTF_8));
    }

    /** The hub's answer as it came, to be kept for working offline. */
    byte[] listing(String repository, String revision) {
        URI uri = URI.create(endpoint + "/api/models/" + repository + "/revision/" + encoded(revision) + "?blobs=true");
        try {
            HttpResponse<InputStream> answer = get(uri, 0);
            try (InputStream body = answer.body()) {
                if (answer.statusCode() != 200) {
                    throw refused(answer.statusCode(), repository, "revision " + revision);
                }
                byte[] data = body.readNBytes((int) MAX_LISTING + 1);
                if (data.length > MAX_LISTING) {
                    throw new ModelException(
                            "the hub's answer about " + repository + " is larger than " + MAX_LISTING + " bytes");
                }
                return data;
            }
        } catch (IOException e) {
            throw unreachable(repository, e);
        }
    }

    /**
     * Opens a file from a byte on.
     *
     * @return the content; {@link Content#from} tells where it really begins
     */
    Content open(HubListing listing, String path, long from) throws IOException {
        String name = Arrays.stream(path.split("/")).map(Hub::encoded).collect(Collectors.joining("/"));
        URI uri = URI.create(
                endpoint + "/" + listing.repository() + "/resolve/" + encoded(listing.commit()) + "/" + name);
        HttpResponse<InputStream> answer = get(uri, from);
        int status = answer.statusCode();
        if (status == 206) {
            String range = answer.headers().firstValue("Content-Range").orElse("");
            if (range.startsWith("bytes " + from + "-")) {
                return new Content(answer.body(), from);
            }
        }
        if (status == 200) {
            return new Content(answer.body(), 0);
        }
        answer.body().close();
        if (status == 416 || status == 206) {
            // what lies here is longer than what is there, or the answer is another part: once more from the start
            return from == 0 ? fail(status, listing, path) : open(listing, path, 0);
        }
        return fail(status, listing, path);
    }

    private Content fail(int status, HubListing listing, String path) throws IOException {
        if (status >= 500 || status == 429 || status == 416 || status == 206) {
            throw new IOException("the hub answered " + status + " for " + path);
        }
        throw refused(status, listing.repository(), path);
    }

    /** Bytes of a file, beginning with one of them. */
    record Content(InputStream stream, long from) {}

    private HttpResponse<InputStream> get(URI start, long from) throws IOException {
        if (offline) {
            throw new ModelException("working offline (HF_HUB_OFFLINE or EIDOLON_OFFLINE is set): nothing is fetched");
        }
        URI uri = start;
        for (int i = 0; i <= MAX_REDIRECTS; i++) {
            HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                    .timeout(PATIENCE)
                    .header("User-Agent", "eidolon")
                    .GET();
            if (from > 0) {
                request.header("Range", "bytes=" + from + "-");
            }
            if (mayHaveToken(uri)) {
                request.header("Authorization", "Bearer " + token);
            }
            HttpResponse<InputStream> answer;
            try {
                answer = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ModelException("fetching from the hub was cancelled", e);
            }
            if (!REDIRECTS.contains(answer.statusCode())) {
                return answer;
            }
            answer.body().close();
            Optional<String> to = answer.headers().firstValue("Location");
            if (to.isEmpty()) {
                throw new IOException("the hub redirects to nowhere");
            }
            URI next = uri.resolve(to.get());
            if (!Set.of("http", "https").contains(next.getScheme())
                    || "https".equals(uri.getScheme()) && !"https".equals(next.getScheme())) {
                throw new IOException("the hub redirects to " + next.getScheme() + ", which is not followed");
            }
            uri = next;
        }
        throw new IOException("the hub redirects more than " + MAX_REDIRECTS + " times");
    }

    private boolean mayHaveToken(URI uri) {
        boolean own = uri.getHost().equals(endpoint.getHost())
                && uri.getPort() == endpoint.getPort()
                && uri.getScheme().equals(endpoint.getScheme());
        boolean safe = uri.getScheme().equals("https")
                || Set.of("localhost", "127.0.0.1", "[::1]").contains(uri.getHost());
        return !token.isEmpty() && own && safe;
    }

    private ModelException refused(int status, String repository, String what) {
        String advice =
                switch (status) {
                    case 401, 403 ->
                        token.isEmpty()
                                ? "it wants a token, or its terms accepted: accept them on its page, and set HF_TOKEN"
                                : "the token in HF_TOKEN does not open it: accept its terms on its page, or use another";
                    case 404 -> "there is no such thing: check the name";
                    default -> "try again later";
                };
        return new ModelException("the hub answered " + status + " for " + repository + ", " + what + ": " + advice);
    }

    static ModelException unreachable(String repository, IOException e) {
        return new ModelException(
                "the hub cannot be reached for " + repository + ": " + reason(e)
                        + ". What was fetched is kept; the same command goes on",
                e);
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The listing that an earlier download kept in its folder, for working offline. */
    static Optional<byte[]> kept(Path folder) throws IOException {
        Path file = folder.resolve(HubDownload.LISTING);
        return Files.isRegularFile(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    }
}
