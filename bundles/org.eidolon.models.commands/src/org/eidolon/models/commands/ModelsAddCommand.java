// SPDX-License-Identifier: EPL-2.0
package org.eidolon.models.commands;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eidolon.diffusion.NoiseSchedule.Prediction;
import org.eidolon.diffusion.published.PublishedKind;
import org.eidolon.diffusion.published.SingleFile;
import org.eidolon.encoders.ArcFace;
import org.eidolon.head.prior.PriorCard;
import org.eidolon.models.ModelException;
import org.eidolon.models.ModelInfo;
import org.eidolon.models.ModelShelf;
import org.eidolon.models.ModelSource;
import org.eidolon.models.Models;
import org.eidolon.models.hub.Hub;
import org.eidolon.models.hub.HubChoice;
import org.eidolon.models.hub.HubDownload;
import org.eidolon.models.hub.HubListing;
import org.eidolon.torch.SafeTensors;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code eidolon models add}. */
@Component(service = Callable.class, property = "eidolon.subcommand=models add", scope = ServiceScope.PROTOTYPE)
@Command(
        name = "add",
        description = "Adds published weights to your own under a name: a diffusers folder, a single file, a LoRA, an"
                + " IP-Adapter, a prior of your own, or a repository of a hub. Names and shapes are checked first.",
        sortOptions = false)
public final class ModelsAddCommand implements Callable<Integer> {
    private static final Pattern REPOSITORY = Pattern.compile("([\\w.-]+/[\\w.-]+)(?:@([\\w./-]+))?");

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "NAME", description = "how the weights are called here, such as sd15")
    private String name;

    @Parameters(
            index = "1",
            paramLabel = "PATH",
            description = "folder or file, or OWNER/NAME[@REVISION] of a hub (HF_ENDPOINT, HF_TOKEN, HF_HUB_OFFLINE)")
    private String path;

    @Option(names = "--copy", description = "copy the files; otherwise they are linked to where they lie")
    private boolean copy;

    @Option(names = "--replace", description = "take the place of weights of this name")
    private boolean replace;

    @Option(names = "--file", paramLabel = "FILE", description = "one file of a hub's repository, such as a LoRA")
    private String file;

    @Option(names = "--accept-licence", description = "you accept the terms that a hub asks to be accepted")
    private boolean accepted;

    @Option(
            names = "--predicts",
            paramLabel = "P",
            description = "noise or velocity: what a single file of Stable Diffusion 2 predicts")
    private String predicts;

    @Option(names = "--licence", paramLabel = "TEXT", description = "the licence, where the weights do not tell it")
    private String licence;

    /** Where models are added, and what is known around; a test has its own. */
    ModelShelf shelf = ModelShelf.ofUser();

    Map<String, String> environment = System.getenv();

    @Override
    public Integer call() throws IOException {
        try {
            if (shelf.has(name) && !replace) {
                throw wrong("weights '" + name + "' are there already: use another name, or --replace");
            }
            Path local = Path.of(path);
            Matcher repository = REPOSITORY.matcher(path);
            List<ModelInfo> added;
            if (Files.exists(local)) {
                if (file != null) {
                    throw wrong("--file is for a repository of a hub; give the path of the file itself");
                }
                added = add(
                        local,
                        licence(local),
                        "added from " + local.getFileName(),
                        copy ? ModelShelf.Way.COPY : ModelShelf.Way.LINK);
            } else if (repository.matches()) {
                String revision = repository.group(2) == null ? "main" : repository.group(2);
                added = fetch(repository.group(1), revision);
            } else {
                throw wrong("'" + path + "' is neither a path that exists nor a repository (OWNER/NAME)");
            }
            long bytes = added.stream().mapToLong(ModelInfo::size).sum();
            System.out.printf(Locale.ROOT, "%s: %d files, %.1f MiB%n", name, added.size(), bytes / (double) (1 << 20));
            return 0;
        } catch (ModelException e) {
            throw wrong(e.getMessage());
        }
    }

    private List<ModelInfo> add(Path at, String licensed, String origin, ModelShelf.Way way) throws IOException {
        Path whole = at.toAbsolutePath();
        Path base = Files.isDirectory(whole) ? whole : whole.getParent();
        if (at.toString().endsWith(".onnx")) {
            var label = new ModelShelf.Label("identity", licensed, origin, "", Map.of("layout", "arcface"));
            tryArcFace(label, whole);
            return shelve(shelf, label, base, List.of(whole), way);
        }
        Optional<PriorCard> prior = prior(whole);
        if (prior.isPresent()) {
            var about = Map.of(
                    "domain", prior.get().domain().name().toLowerCase(Locale.ROOT),
                    "encoder", prior.get().encoder());
            var label = new ModelShelf.Label("prior", licensed, origin, "", about);
            return shelve(shelf, label, base, List.of(whole), way);
        }
        PublishedKind kind;
        List<Path> files;
        try {
            kind = PublishedKind.of(whole);
            files = kind.check(whole, prediction());
        } catch (IOException e) {
            throw wrong(e.getMessage());
        }
        Map<String, String> attributes =
                new TreeMap<>(Map.of("layout", kind.name().toLowerCase(Locale.ROOT)));
        if (predicts != null) {
            attributes.put("predicts", predicts);
        }
        return shelve(shelf, new ModelShelf.Label(kind.kind(), licensed, origin, "", attributes), base, files, way);
    }

    /** The card of a prior or a base that `eidolon train prior` made. */
    private Optional<PriorCard> prior(Path file) throws IOException {
        if (!file.toString().endsWith(".safetensors")) return Optional.empty();
        try (SafeTensors in = SafeTensors.open(file)) {
            String card = in.metadata().get(PriorCard.KEY);
            return card == null ? Optional.empty() : Optional.of(PriorCard.fromJson(card, file.toString()));
        } catch (IllegalArgumentException e) {
            throw wrong(e.getMessage());
        } catch (IOException e) {
            // told better by those who look for published weights in it
            return Optional.empty();
        }
    }

    private List<ModelInfo> shelve(
            ModelShelf onto, ModelShelf.Label label, Path base, List<Path> files, ModelShelf.Way way) {
        return onto.add(name, label, base, files, way, replace, each -> System.err.println("reading " + each));
    }

    /** Opens an ONNX file as what it should be, from a shelf of its own. */
    private void tryArcFace(ModelShelf.Label label, Path at) {
        record Trial(String name, Path folder) implements ModelSource {}
        ModelShelf trial = new ModelShelf(shelf.fetching(name).resolve("trial"));
        try {
            shelve(trial, label, at.getParent(), List.of(at), ModelShelf.Way.LINK);
            Models models = Models.of(List.of(new Trial("trial", trial.folder())));
            ArcFace.open(models.get(name)).close();
        } finally {
            shelf.fetched(name);
        }
    }

    private List<ModelInfo> fetch(String repository, String revision) throws IOException {
        Hub hub = Hub.of(environment);
        Path folder = shelf.fetching(name);
        HubDownload download = new HubDownload(hub, folder, new Meter());
        HubListing listing = download.listing(repository, revision);
        String terms = listing.licence().isEmpty() ? "no licence is told" : "licence " + listing.licence();
        System.err.println(repository + " at " + listing.commit() + ": " + terms);
        if (listing.gated() && !accepted) {
            throw wrong(
                    "the terms of " + repository + " (" + terms + ") must be accepted: read and accept them on its page"
                            + " at the hub, then say --accept-licence");
        }
        var chosen = HubChoice.of(listing, file);
        List<Path> files = download.fetch(listing, chosen::contains);
        String origin = repository + " at " + listing.commit();
        Path at = file != null ? files.getFirst() : folder;
        String licensed = licence != null ? licence : listing.licence();
        List<ModelInfo> added = add(at, licensed, origin, ModelShelf.Way.MOVE);
        shelf.fetched(name);
        return added;
    }

    private Prediction prediction() {
        try {
            return SingleFile.prediction(predicts);
        } catch (IllegalArgumentException e) {
            throw wrong(e.getMessage());
        }
    }

    /** What was said, or what the folder's description declares. */
    private String licence(Path local) throws IOException {
        Path readme = local.resolve("README.md");
        if (licence != null || !Files.isRegularFile(readme) || Files.size(readme) > 1 << 20) {
            return licence == null ? "not told" : licence;
        }
        Matcher line = Pattern.compile("(?m)^license: *\"?([\\w.+-]+)").matcher(Files.readString(readme));
        return line.find() ? line.group(1) : "not told";
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /** A line now and then. */
    private static final class Meter implements HubDownload.Progress {
        private static final long PAUSE = 2_000_000_000L;
        private long last;

        @Override
        public void at(String path, long done, long total) {
            long now = System.nanoTime();
            if (now - last > PAUSE || done == total) {
                last = now;
                System.err.printf(
                        Locale.ROOT,
                        "%s: %.1f of %.1f MiB%n",
                        path,
                        done / (double) (1 << 20),
                        total / (double) (1 << 20));
            }
        }
    }
}
