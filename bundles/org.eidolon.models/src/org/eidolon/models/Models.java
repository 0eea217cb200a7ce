// SPDX-License-Identifier: EPL-2.0
package org.eidolon.models;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The registry of weights. Sources are asked in this order, and the first that lists an id wins: folders on the path
 * list {@code eidolon.models} (system property) or {@code EIDOLON_MODELS} (environment); the user's folder
 * {@code ~/.local/share/eidolon/models} (or below {@code XDG_DATA_HOME}); bundles with the header
 * {@code Eidolon-Models} and services of type {@link ModelSource}; on a plain class path the checkout's own starter
 * weights, found by walking up from the working directory; weights that a dependency's jar carries.
 */
public final class Models {
    private static final String STARTER = "bundles/org.eidolon.models.starter/weights";

    private record Folder(String name, Path folder) implements ModelSource {}

    private final Map<String, Model> byId = new LinkedHashMap<>();
    private final List<String> sources = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    private Models() {}

    /** The registry of this installation. Cheap: reads the lists, opens no weights. */
    public static Models standard() {
        List<ModelSource> sources = new ArrayList<>();
        String paths = System.getProperty("eidolon.models", System.getenv().getOrDefault("EIDOLON_MODELS", ""));
        for (String path : paths.split(File.pathSeparator)) {
            if (!path.isBlank()) {
                sources.add(new Folder("EIDOLON_MODELS", Path.of(path.strip())));
            }
        }
        userSource().ifPresent(sources::add);
        if (Osgi.present()) {
            sources.addAll(Osgi.sources());
        } else {
            checkout().ifPresent(folder -> sources.add(new Folder("checkout", folder)));
        }
        return of(sources);
    }

    /** A registry of the given sources, and of the weights that dependencies carry. */
    public static Models of(List<? extends ModelSource> sources) {
        Models models = new Models();
        for (ModelSource source : sources) {
            models.add(source);
        }
        try (InputStream in = Models.class.getResourceAsStream("dependencies.json")) {
            String json = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (ModelInfo info : ModelListing.parse(json, "dependencies.json")) {
                models.byId.putIfAbsent(info.id(), new Model(info, "dependency", Path.of("")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return models;
    }

    private void add(ModelSource source) {
        sources.add(source.folder() + " (" + source.name() + ")");
        if (!Files.isRegularFile(source.folder().resolve(ModelListing.FILE))) {
            warnings.add(source.folder() + " (" + source.name() + ") has no " + ModelListing.FILE + ": ignored");
            return;
        }
        for (ModelInfo info : ModelListing.read(source.folder())) {
            byId.putIfAbsent(info.id(), new Model(info, source.name(), source.folder()));
        }
    }

    /** Where a user's own weights lie: {@code $XDG_DATA_HOME/eidolon/models} or {@code ~/.local/share/…}. */
    public static Path userFolder() {
        String data = System.getenv("XDG_DATA_HOME");
        Path base = data == null || data.isBlank()
                ? Path.of(System.getProperty("user.home"), ".local", "share")
                : Path.of(data);
        return base.resolve("eidolon").resolve("models");
    }

    private static Optional<ModelSource> userSource() {
        Path folder = userFolder();
        return Files.isRegularFile(folder.resolve(ModelListing.FILE))
                ? Optional.of(new Folder("user folder", folder))
                : Optional.empty();
    }

    private static Optional<Path> checkout() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isRegularFile(at.resolve(STARTER).resolve(ModelListing.FILE))) {
                return Optional.of(at.resolve(STARTER));
            }
        }
        return Optional.empty();
    }

    /** All weights that are listed, in the order of the sources. Listed does not mean present. */
    public List<Model> list() {
        return List.copyOf(byId.values());
    }

    /** The files of the weights of a name; none where it is not listed. */
    public List<Model> files(String name) {
        return byId.values().stream().filter(m -> m.info().belongsTo(name)).toList();
    }

    /** What was told of weights as they were added, such as what a single file predicts; null where nothing was. */
    public String told(String name, String attribute) {
        return files(name).stream()
                .map(m -> m.info().attributes().get(attribute))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** What was odd while looking for weights, for {@code eidolon doctor}. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** Weights by id, or by sha256 (at least 8 digits of it). */
    public Optional<Model> find(String idOrHash) {
        Model model = byId.get(idOrHash);
        String hash = idOrHash.toLowerCase(Locale.ROOT);
        if (model == null && hash.matches("[0-9a-f]{8,64}")) {
            return byId.values().stream()
                    .filter(m -> m.info().sha256().startsWith(hash))
                    .findFirst();
        }
        return Optional.ofNullable(model);
    }

    /**
     * Weights by id or sha256.
     *
     * @throws ModelException when no source lists them: names the sources that were asked and what to do
     */
    public Model get(String idOrHash) {
        return find(idOrHash)
                .orElseThrow(() -> new ModelException("no weights '" + idOrHash + "' are listed. Asked: "
                        + (sources.isEmpty() ? "no folder at all" : String.join(", ", sources)) + ". Known: "
                        + byId.keySet().stream().sorted().collect(Collectors.joining(", "))
                        + ". Put a folder with a models.json that lists them on EIDOLON_MODELS, or into "
                        + userFolder()));
    }

    /**
     * Weights by id that must have the given hash, as a prior asks of the identity encoder it was trained with.
     *
     * @throws ModelException when they are not listed or another file goes by that id
     */
    public Model get(String id, String sha256) {
        Model model = find(sha256).filter(m -> m.info().id().equals(id)).orElseGet(() -> get(id));
        if (!model.info().sha256().equals(sha256)) {
            throw new ModelException("weights '" + id + "' are needed with sha256 " + sha256 + ", but " + model.source()
                    + " lists them with " + model.info().sha256() + ": use the file that is asked for");
        }
        return model;
    }

    /**
     * Where the weights of a name lie, verified: the file of one, the folder of several.
     *
     * @throws ModelException when no source lists any, or a file is missing or differs
     */
    public Path place(String name) {
        return find(name).map(Model::verifiedPath).orElseGet(() -> folder(name));
    }

    /**
     * The same, without a look at what the files hold: for what must be quick and is verified later.
     *
     * @throws ModelException when no source lists any, or a file is missing
     */
    public Path location(String name) {
        return find(name).map(Model::presentPath).orElseGet(() -> folder(name, Model::presentPath));
    }

    /**
     * The folder of a model of several files (those whose ids begin with {@code NAME/}), each verified.
     *
     * @throws ModelException when no source lists any, or a file is missing or differs
     */
    public Path folder(String name) {
        return folder(name, Model::verifiedPath);
    }

    private Path folder(String name, Function<Model, Path> place) {
        List<Model> parts = list().stream()
                .filter(m -> m.info().id().startsWith(name + "/"))
                .toList();
        if (parts.isEmpty()) {
            return place.apply(get(name)).getParent();
        }
        Path folder = null;
        for (Model part : parts) {
            Path file = place.apply(part);
            String inside = part.info().id().substring(name.length() + 1);
            if (!file.endsWith(inside)) {
                throw new ModelException("weights '" + part.info().id() + "' lie at " + file
                        + ", not as their id says: add the model anew");
            }
            int depth = Path.of(inside).getNameCount();
            folder = file.getRoot().resolve(file.subpath(0, file.getNameCount() - depth));
        }
        return folder;
    }
}
