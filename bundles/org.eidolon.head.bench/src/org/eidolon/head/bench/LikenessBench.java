// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.bench;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.eidolon.head.model.HeadModel;
import org.eidolon.head.model.HeadPack;
import org.eidolon.models.Models;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;

/** The likeness benchmark: held-out people and portraits made into heads and measured (docs/benchmarks.md). */
final class LikenessBench {
    private final LikenessOptions options;
    private final Models models;
    private final Consumer<String> lines;

    /** @param lines takes progress and the table, a line at a time */
    LikenessBench(LikenessOptions options, Models models, Consumer<String> lines) {
        this.options = options;
        this.models = models;
        this.lines = lines;
    }

    /** Runs it; gives what goes to standard output. */
    JsonObject run(Scope scope) throws IOException {
        long began = System.nanoTime();
        HeadModel model = BadInput.checked(() -> HeadPack.open(options.task().heads()));
        try (Experts experts =
                BadInput.checked(() -> new Experts(scope, models, options.task().normals()))) {
            PortraitBench portraits = options.portraits() == null
                    ? null
                    : BadInput.checked(() -> new PortraitBench(scope, options, model, experts));
            long steps = options.people().size() * IdentityBench.steps(options)
                    + (portraits == null ? 0 : portraits.steps());
            BenchProgress progress = new BenchProgress(lines, steps);
            IdentityBench identities = new IdentityBench(scope, options, model, experts, progress);
            List<IdentityResult> people = identities.run(this::tell);
            List<PortraitResult> made = portraits == null ? List.of() : portraits.run(progress, this::tell);
            List<Tally> tallies = new ArrayList<>(Tally.identities(people));
            tallies.addAll(PortraitResult.tallies(made));
            tally(people, made, tallies);

            JsonObject json = new JsonObject();
            json.addProperty("benchmark", "likeness");
            json.addProperty("version", BenchVersion.text());
            for (Tally tally : tallies) {
                json.add(tally.name(), tally.values().length == 0 ? JsonNull.INSTANCE : tally.json());
            }
            json.add("settings", settings(scope, made.size()));
            JsonArray seeds = new JsonArray();
            people.forEach(p -> seeds.add(p.seed()));
            json.add("seeds", seeds);
            json.addProperty("heads", identities.headsHash());
            json.add("weights", new Gson().toJsonTree(experts.hashes()));
            if (portraits != null) json.add("portraits", portraits.about(made));
            json.add("timings", timings(people, made, began));
            json.addProperty("machine", Torch.describe().toString());
            return json;
        }
    }

    private JsonObject settings(Scope scope, int portraits) {
        JsonObject json = new JsonObject();
        json.addProperty("quality", options.task().quality());
        json.addProperty("seed", options.task().seed());
        json.addProperty("identities", options.identities());
        json.addProperty("portraits", portraits);
        json.addProperty("gallery", options.gallery());
        json.addProperty("pictureSize", options.task().size());
        json.addProperty("device", Experts.name(scope.device()));
        json.addProperty("geometry", options.task().geometry().toString());
        json.addProperty(
                "texture",
                options.portraits() == null || options.texture() == null
                        ? "none"
                        : options.texture().toString());
        return json;
    }

    private static JsonObject timings(List<IdentityResult> people, List<PortraitResult> portraits, long began) {
        JsonObject json = new JsonObject();
        json.addProperty("seconds", Math.round((System.nanoTime() - began) / 1e8) / 10.0);
        JsonArray each = new JsonArray();
        Stream.concat(
                        people.stream().map(IdentityResult::seconds),
                        portraits.stream().map(PortraitResult::seconds))
                .forEach(s -> each.add((JsonElement) new Gson().toJsonTree(s)));
        json.add("each", each);
        if (!people.isEmpty()) {
            json.add(
                    "geometryMillisPerStep",
                    new Gson().toJsonTree(people.getLast().millisPerStep()));
        }
        return json;
    }

    private void tell(IdentityResult p) {
        HeadScore m = p.made(), b = p.meanHead();
        lines.accept(String.format(
                Locale.ROOT,
                "  face %.2f° (mean head %.2f°), whole head %.2f° (%.2f°), IoU %.3f (%.3f), %d expressions (%d),"
                        + " person ranks %d (%d)",
                m.faceNormalDegrees(),
                b.faceNormalDegrees(),
                m.headNormalDegrees(),
                b.headNormalDegrees(),
                m.iou(),
                b.iou(),
                m.expressionRetrieval(),
                b.expressionRetrieval(),
                m.identityRank(),
                b.identityRank()));
    }

    private void tell(PortraitResult p) {
        lines.accept(String.format(
                Locale.ROOT,
                "  %s: cosine %.3f (mean head %.3f), ranks %d",
                p.name(),
                p.cosine(),
                p.meanHeadCosine(),
                p.rank()));
    }

    private void tally(List<IdentityResult> people, List<PortraitResult> portraits, List<Tally> tallies) {
        lines.accept("");
        lines.accept(String.format(
                "likeness, %s quality, seed %d: %d people in a gallery of %d, %d portraits",
                options.task().quality(), options.task().seed(), people.size(), options.gallery(), portraits.size()));
        Tally.table(tallies.stream().filter(t -> t.values().length > 0).toList())
                .forEach(lines);
        lines.accept("degrees and rank: less is better; the others: more is better");
    }
}
