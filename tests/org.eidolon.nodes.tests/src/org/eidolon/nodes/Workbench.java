// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eidolon.api.In;
import org.eidolon.api.Node;
import org.eidolon.api.NodeLibrary;
import org.eidolon.api.NodeType;
import org.eidolon.api.Param;
import org.eidolon.api.Run;
import org.eidolon.api.ValueType;
import org.eidolon.api.value.Text;
import org.eidolon.diffusion.Lora;
import org.eidolon.diffusion.NoiseSchedule;
import org.eidolon.diffusion.UNet;
import org.eidolon.diffusion.UNetConfig;
import org.eidolon.encoders.Identity;
import org.eidolon.encoders.IdentityEncoder;
import org.eidolon.encoders.SentenceEncoder;
import org.eidolon.engine.Cache;
import org.eidolon.engine.Engine;
import org.eidolon.engine.NodeTypes;
import org.eidolon.engine.PlanException;
import org.eidolon.engine.PlanRequest;
import org.eidolon.engine.Planner;
import org.eidolon.engine.RunEvent;
import org.eidolon.engine.RunOptions;
import org.eidolon.engine.RunResult;
import org.eidolon.graph.GraphReader;
import org.eidolon.head.prior.AdaptedBase;
import org.eidolon.head.prior.Domain;
import org.eidolon.head.prior.PriorCard;
import org.eidolon.head.view.ViewCode;
import org.eidolon.models.Hashes;
import org.eidolon.models.ModelInfo;
import org.eidolon.models.ModelListing;
import org.eidolon.models.Models;
import org.eidolon.nodes.internal.Prompt;
import org.eidolon.nodes.value.Head;
import org.eidolon.torch.SafeTensorsWriter;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;

/** A folder with a cache, untrained priors and the real engine. */
final class Workbench {
    /** A head without the stages. */
    @NodeType(id = "test.head", category = "Test")
    record MakeTinyHead(@Param String prompts, @Param boolean textured) implements Node<MakeTinyHead.Out> {
        record Out(Head head) {}

        MakeTinyHead() {
            this("neutral; smile", true);
        }

        @Override
        public Out run(Run run) {
            String[] names = Prompt.read(prompts, 1, ExpressionPrompts.MOST).stream()
                    .map(Prompt::name)
                    .toArray(String[]::new);
            return new Out(textured ? TinyHead.textured(names) : TinyHead.plain(names));
        }
    }

    /** Takes an identity: where photos are linked to it a conversion comes between. */
    @NodeType(id = "test.who", category = "Test")
    record Who(@In Identity identity) implements Node<Who.Out> {
        record Out(Text text) {}

        Who() {
            this(null);
        }

        @Override
        public Out run(Run run) {
            return new Out(new Text(identity.encoder() + " " + identity.photos()));
        }
    }

    private static final class TestLibrary implements NodeLibrary {
        @Override
        public List<Class<? extends Node<?>>> nodes() {
            return List.of(MakeTinyHead.class, Who.class);
        }
    }

    final Path folder;
    final NodeTypes types = new NodeTypes(new BuiltInNodes(), new TestLibrary());
    final Cache cache;
    final List<RunEvent> events = new ArrayList<>();
    RunOptions options;

    Workbench(Path folder) throws IOException {
        this.folder = folder;
        this.cache = new Cache(folder.resolve("cache"));
        this.options = RunOptions.defaults().withOut(folder.resolve("out"));
    }

    /** The checkout, found upwards from the working folder. */
    static Path checkout() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(at.resolve("bundles"))) {
            at = at.getParent();
        }
        return at;
    }

    static Path portrait() {
        return checkout().resolve("examples/assets/eileen-collins.png");
    }

    /** Puts untrained priors of both domains into a folder that the registry is told of; "prior/strange" has another encoder. */
    static void priors(Path folder) throws IOException {
        Models models = Models.standard();
        String encoder = models.get(IdentityEncoder.STARTER).info().sha256();
        UNetConfig whole = UNetConfig.tiny(3, ViewCode.LENGTH);
        try (Scope scope = Scope.open(Torch.device("cpu"))) {
            Map<String, NDArray> weights = UNet.create(scope, whole, 1).parameters();
            prior(folder, Domain.NORMALS.id(), Domain.NORMALS, encoder, whole, null, weights);
            prior(folder, Domain.COLOUR.id(), Domain.COLOUR, encoder, whole, null, weights);
            prior(folder, "prior/strange", Domain.NORMALS, "f".repeat(64), whole, null, weights);
            adapted(scope, folder, encoder);
        }
        System.setProperty("eidolon.models", folder.toString());
    }

    /** "prior/adapted": a LoRA and adapters on "prior/base". */
    private static void adapted(Scope scope, Path folder, String encoder) throws IOException {
        UNetConfig config = UNetConfig.tiny(3, ViewCode.LENGTH).withCodes(0, 0, 0);
        Map<String, NDArray> frozen =
                UNet.create(scope, config.withoutPerson(), 1).parameters();
        Path base = prior(folder, "prior/base", Domain.BASE, encoder, config.withoutPerson(), null, frozen);
        Map<String, NDArray> ours =
                new HashMap<>(UNet.extend(scope, config, frozen).parameters());
        ours.keySet().removeAll(frozen.keySet());
        ours.putAll(AdaptedBase.named(Lora.create(scope, config, Lora.attention(), 2, 2, 1)));
        PriorCard.Base on = new PriorCard.Base("prior/base", Hashes.sha256(base), 2);
        prior(folder, "prior/adapted", Domain.NORMALS, encoder, config, on, ours);
    }

    private static Path prior(
            Path folder,
            String id,
            Domain domain,
            String encoderSha256,
            UNetConfig config,
            PriorCard.Base base,
            Map<String, NDArray> weights)
            throws IOException {
        Path file = folder.resolve(id.replace('/', '-') + ".safetensors");
        var card = new PriorCard(
                id,
                domain,
                config,
                64,
                NoiseSchedule.Prediction.VELOCITY,
                IdentityEncoder.STARTER,
                encoderSha256,
                SentenceEncoder.STARTER,
                ViewCode.LENGTH,
                0,
                base,
                Map.of());
        SafeTensorsWriter.HALF.write(file, weights, Map.of(PriorCard.KEY, card.toJson()));
        ModelListing.put(
                folder,
                new ModelInfo(
                        id,
                        "prior",
                        file.getFileName().toString(),
                        Hashes.sha256(file),
                        Files.size(file),
                        "CC0-1.0",
                        "made by a test",
                        "",
                        Map.of()));
        return file;
    }

    /** A graph of nodes with ' for ", as JSON has them. */
    PlanRequest graph(String nodes) throws IOException {
        String text = ("{'eidolon': 1, 'nodes': {" + nodes + "}}").replace('\'', '"');
        return PlanRequest.of(GraphReader.read(text), folder.resolve("test.eidolon"));
    }

    RunResult run(PlanRequest request) throws IOException, PlanException {
        events.clear();
        var engine = new Engine(types, cache, List.of());
        return engine.run(new Planner(types).plan(request), options, events::add);
    }

    RunResult done(PlanRequest request) throws IOException, PlanException {
        RunResult result = run(request);
        result.failures().forEach(f -> f.cause().printStackTrace());
        assertThat(result.failures()).isEmpty();
        return result;
    }

    /** What the only node that fails says. */
    String failure(PlanRequest request) throws IOException, PlanException {
        var failures = run(request).failures();
        assertThat(failures).hasSize(1);
        return failures.get(0).error() + ". " + failures.get(0).advice();
    }

    <T> T value(RunResult result, String node, String output, ValueType<T> type) throws IOException {
        return cache.load(result.entry(node).orElseThrow(), output, type);
    }

    /** Parameters of nodes that ran with auto, of which the record does not tell what it came to mean. */
    static List<String> unsettled(RunResult result) {
        var left = new ArrayList<String>();
        ((Map<?, ?>) result.record().get("nodes")).forEach((id, node) -> {
            var facts = (Map<?, ?>) ((Map<?, ?>) node).get("facts");
            var settled = facts == null ? null : (Map<?, ?>) facts.get("auto");
            var parameters = (Map<?, ?>) ((Map<?, ?>) node).get("parameters");
            if (parameters != null) {
                parameters.forEach((name, value) -> {
                    boolean named = settled != null && settled.containsKey(name);
                    // a choice of its own may be called auto
                    if ("auto".equals(value) && !named && !name.equals("precision")) {
                        left.add(id + "." + name);
                    }
                });
            }
        });
        return left;
    }

    List<String> started() {
        return events.stream()
                .filter(RunEvent.Started.class::isInstance)
                .map(event -> ((RunEvent.Started) event).node())
                .toList();
    }

    Path out(String name) {
        return folder.resolve("out").resolve(name);
    }
}
