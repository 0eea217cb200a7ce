// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.bench;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.eidolon.encoders.Identity;
import org.eidolon.encoders.Photo;
import org.eidolon.encoders.PhotoException;
import org.eidolon.encoders.PortraitReader;
import org.eidolon.head.geometry.GeometryResult;
import org.eidolon.head.geometry.GeometrySettings;
import org.eidolon.head.geometry.GeometryStage;
import org.eidolon.head.model.Expression;
import org.eidolon.head.prior.HeadPrior;
import org.eidolon.head.stage.StageMonitor;
import org.eidolon.head.stage.Worn;
import org.eidolon.head.texture.TextureBake;
import org.eidolon.head.texture.TextureResult;
import org.eidolon.head.texture.TextureSettings;
import org.eidolon.head.texture.TextureStage;
import org.eidolon.models.Models;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code eidolon bench run}. */
@Component(service = Callable.class, property = "eidolon.subcommand=bench run", scope = ServiceScope.PROTOTYPE)
@Command(
        name = "run",
        description =
                "Measures a whole head, from photo to textures in 13 expressions, by part. A table on standard error,"
                        + " one JSON object on standard output.",
        sortOptions = false)
public final class BenchRun implements Callable<Integer> {
    private static final int TEXTURE = 1024, DRAFT_TEXTURE = 512;

    @Option(
            names = "--photo",
            defaultValue = "examples/assets/eileen-collins.png",
            paramLabel = "FILE",
            description = "of one person (default examples/assets/eileen-collins.png)")
    private Path photo;

    @Mixin
    private ComputeOptions compute;

    @Option(
            names = "--steps",
            defaultValue = "0",
            paramLabel = "N",
            description = "steps of each stage instead of the quality's, to try things out")
    private int steps;

    @Option(names = "--no-texture", description = "leaves out texture stage and bake")
    private boolean noTexture;

    @Mixin
    private AgainstOptions against;

    @Option(
            names = "--colour",
            defaultValue = "prior/head-colour",
            paramLabel = "ID|FILE",
            description = "prior of colours (default prior/head-colour)")
    private String colour;

    private final Map<String, Double> parts = new LinkedHashMap<>();
    private long since;

    @Override
    public Integer call() throws IOException {
        try (Scope scope = Scope.open(compute.device())) {
            String chosen = compute.quality(scope.device());
            GeometrySettings geometry = compute.geometry(chosen, scope.device(), 1);
            if (steps > 0) geometry = geometry.withSteps(steps);
            System.err.println("a head at " + chosen + " on " + Experts.name(scope.device()) + ", " + Torch.describe());
            make(scope, chosen, geometry);
            double total =
                    parts.values().stream().mapToDouble(Double::doubleValue).sum();
            table(total).forEach(System.err::println);
            JsonObject json = json(scope, chosen, geometry, total);
            if (against.wanted()) json.add("against", against(scope, geometry));
            System.out.println(json);
        } catch (BadInput e) {
            throw compute.wrong(e.getMessage());
        }
        return 0;
    }

    private void make(Scope scope, String chosen, GeometrySettings geometry) throws IOException {
        since = System.nanoTime();
        Models models = Models.standard();
        try (Experts experts = BadInput.checked(() -> new Experts(scope, models, compute.normals()))) {
            lap("open");
            Identity person;
            try (PortraitReader reader = PortraitReader.open(models)) {
                var face = reader.read(Photo.read(photo)).aligned();
                person = Identity.of(
                        experts.identities(), List.of(experts.identities().encode(face)));
            } catch (PhotoException e) {
                throw compute.wrong("--photo " + photo + ": " + e.getMessage());
            }
            lap("photo");
            Worn worn = experts.expressions(Expression.standard().size());
            lap("words");
            GeometryResult shape =
                    new GeometryStage(experts.normals(), geometry).run(scope, person, worn, StageMonitor.SILENT);
            lap("geometry");
            if (noTexture) return;
            HeadPrior painter = BadInput.checked(() -> experts.colour(scope, colour));
            TextureSettings texture = TextureSettings.of(chosen, scope.device().isGpu(), geometry.seed());
            if (steps > 0) texture = texture.withSteps(steps);
            TextureResult painted =
                    new TextureStage(painter, texture).run(scope, shape.meshes(), person, worn, StageMonitor.SILENT);
            lap("texture");
            int size = chosen.equals("draft") ? DRAFT_TEXTURE : TEXTURE;
            TextureBake.bake(scope, painted.albedo(), shape.meshes(), size, StageMonitor.SILENT);
            lap("bake");
        }
    }

    private void lap(String part) {
        long now = System.nanoTime();
        parts.put(part, (now - since) / 1e9);
        since = now;
    }

    private List<String> table(double total) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format("%-26s %10s %7s", "part", "s", "share"));
        parts.forEach((part, seconds) ->
                lines.add(String.format(Locale.ROOT, "%-26s %10.2f %6.1f%%", part, seconds, 100 * seconds / total)));
        lines.add(String.format(Locale.ROOT, "%-26s %10.2f", "a head", total));
        return lines;
    }

    /** The geometry stage, which is most of a run, from its start to the meshes. */
    private JsonObject against(Scope scope, GeometrySettings geometry) throws IOException {
        Path weights = BadInput.checked(() -> Experts.file(Models.standard(), compute.normals()));
        try (PyTorchLoop other = against.open(weights, geometry, scope.device())) {
            double theirs = other.whole(geometry.steps());
            Against compared =
                    new Against(new double[] {parts.get("geometry")}, new double[] {theirs}, Map.of(), other.about());
            compared.table("s").forEach(System.err::println);
            return compared.json("GeometrySeconds");
        }
    }

    private JsonObject json(Scope scope, String chosen, GeometrySettings geometry, double total) {
        JsonObject json = new JsonObject();
        json.addProperty("benchmark", "run");
        json.addProperty("version", BenchVersion.text());
        json.addProperty("totalSeconds", rounded(total));
        JsonObject each = new JsonObject();
        parts.forEach((part, seconds) -> each.addProperty(part, rounded(seconds)));
        json.add("partsSeconds", each);
        json.addProperty("quality", chosen);
        json.addProperty("expressions", Expression.standard().size());
        json.addProperty("device", Experts.name(scope.device()));
        json.addProperty("geometry", geometry.toString());
        json.addProperty("machine", Torch.describe().toString());
        return json;
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }

    /** Runs on a plain class path, where there is no OSGi. */
    public static void main(String[] args) {
        System.exit(new picocli.CommandLine(new BenchRun()).execute(args));
    }
}
