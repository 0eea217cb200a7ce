// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.bench;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.eidolon.encoders.Identity;
import org.eidolon.encoders.IdentityEncoder;
import org.eidolon.encoders.SentenceEncoder;
import org.eidolon.head.code.CodeReader;
import org.eidolon.head.code.HeadCodes;
import org.eidolon.head.geometry.GeometryResult;
import org.eidolon.head.geometry.GeometryStage;
import org.eidolon.head.geometry.NormalViews;
import org.eidolon.head.model.Expression;
import org.eidolon.head.model.HeadModel;
import org.eidolon.head.model.HeadPack;
import org.eidolon.head.train.Pictures;
import org.eidolon.mesh.Mesh;
import org.eidolon.models.Models;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;

/**
 * Where likeness is lost between portrait and head, one source at a time: each row is a head, or pictures of one, in which
 * everything but that source is the truth (docs/likeness.md).
 */
final class LossBench {
    /** What the stage limits a read code to, in standard deviations. */
    private static final float REACH = 2.5f;

    private final LossOptions options;
    private final StageTask task;
    private final Models models;
    private final Consumer<String> lines;
    private final Map<String, List<HeadScore>> scores = new LinkedHashMap<>();
    private Scope scope;
    private TrueHeads heads;
    private Experts experts;
    private BenchProgress progress;

    /** @param lines takes progress and the table, a line at a time */
    LossBench(LossOptions options, Models models, Consumer<String> lines) {
        this.options = options;
        this.task = options.task();
        this.models = models;
        this.lines = lines;
    }

    /** Runs it; gives what goes to standard output. */
    JsonObject run(Scope on) throws IOException {
        long began = System.nanoTime();
        scope = on;
        HeadModel model = BadInput.checked(() -> HeadPack.open(task.heads()));
        heads = new TrueHeads(scope, model, task.seed(), options.identities(), task.size());
        long steps = (long) options.identities() * task.geometry().steps() * 2;
        progress = new BenchProgress(lines, steps);
        try (Experts open = BadInput.checked(() -> new Experts(scope, models, task.normals()))) {
            experts = open;
            if (experts.normals().reader().isEmpty()) {
                throw new IllegalArgumentException(task.normals() + " reads no codes: its losses cannot be told apart");
            }
            for (int i = 0; i < options.identities(); i++) one(i);
            lines.accept("");
            table().forEach(lines);
            return json(began);
        }
    }

    private void one(int i) throws IOException {
        String name = "person " + (i + 1) + " of " + options.identities();
        float[] portrait = Experts.portrait(scope, new Pictures(heads.tensors()), heads.person(i));
        Identity person = experts.meet(portrait);
        List<String> words = Expression.standard().stream()
                .limit(options.expressions())
                .map(Expression::name)
                .toList();
        float[][] sentences = experts.sentences(words);
        float[] read = readIdentity(person);
        float[][] readWords = new float[words.size()][], trueWords = new float[words.size()][];
        for (int e = 0; e < words.size(); e++) {
            readWords[e] = readWords(sentences[e]);
            trueWords[e] = HeadCodes.expression(heads.shapes(e));
        }
        var samples = new PriorSamples(experts.normals(), person, sentences, task.size(), options.sampleSteps());
        float[] trueCode =
                HeadCodes.identity(heads.person(i).identity(), heads.person(i).skin());
        int modes =
                Math.min(HeadCodes.MODES, heads.tensors().model().identities().size());
        Map<String, HeadScore.Head> rows = new LinkedHashMap<>();
        rows.put("meanHead", heads.mean());
        rows.put("portrait", heads.head(Arrays.copyOfRange(read, 1, 1 + modes), heads::shapes));
        rows.put("words", heads.head(heads.person(i).identity(), e -> shapes(readWords[e])));
        rows.put("priorSamples", samples.told(trueCode, trueWords));
        rows.put("priorSamplesOfRead", samples.told(read, readWords));
        ResultFiles files =
                new ResultFiles(task.out().resolve("identity-" + heads.person(i).seed()));
        if (!task.resume()) files.forget();
        int own = experts.normals().card().size();
        rows.put(
                "lattice",
                meshes(new GeometryFit(task.geometry(), own)
                        .run(
                                scope,
                                options.expressions(),
                                heads.truth(i, own),
                                progress.stage(name + ", direct fit", files.checkpoints("fit")))));
        rows.put(
                "made",
                meshes(new GeometryStage(experts.normals(), task.geometry())
                        .run(
                                scope,
                                person,
                                experts.expressions(options.expressions()),
                                progress.stage(name + ", geometry stage", files.checkpoints("geometry")))));
        progress.say(name + ": measuring");
        HeadScore.Truth truth = HeadScore.Truth.of(scope, heads.of(i), options.expressions());
        List<float[]> alone;
        try (Scope s = scope.child()) {
            alone = List.of(heads.of(i).see(s, 0, BenchViews.GALLERY).colours());
        }
        rows.forEach((row, head) -> {
            HeadScore score = HeadScore.of(scope, head, truth, alone, 0);
            scores.computeIfAbsent(row, r -> new ArrayList<>()).add(score);
            lines.accept(String.format(
                    Locale.ROOT,
                    "  %-20s face %.2f°, whole head %.2f°, IoU %.3f, %d expressions",
                    row,
                    score.faceNormalDegrees(),
                    score.headNormalDegrees(),
                    score.iou(),
                    score.expressionRetrieval()));
        });
        files.picture("losses", sheet(heads.of(i), rows.values()));
    }

    private HeadScore.Head meshes(GeometryResult result) {
        List<Mesh> meshes = result.meshes();
        NormalViews views = new NormalViews(task.size());
        return (s, e, from) -> views.render(s, meshes.get(e), from);
    }

    /** What the prior's reader takes from the portrait, as the stage limits it. */
    private float[] readIdentity(Identity person) {
        CodeReader reader = experts.normals().reader().orElseThrow();
        try (Scope s = scope.child();
                var off = Torch.noGradient()) {
            float[] code = reader.identity(
                            s,
                            s.of(person.features(), 1, person.photos(), IdentityEncoder.TOKENS, IdentityEncoder.TOKEN),
                            s.of(person.embedding(), 1, IdentityEncoder.EMBEDDING),
                            s.of(person.colours(), 1, IdentityEncoder.COLOURS))
                    .toFloatArray();
            for (int i = 0; i < code.length; i++) code[i] = Math.clamp(code[i], -REACH, REACH);
            return code;
        }
    }

    private float[] readWords(float[] sentence) {
        CodeReader reader = experts.normals().reader().orElseThrow();
        try (Scope s = scope.child();
                var off = Torch.noGradient()) {
            return reader.expression(s, s.of(sentence, 1, SentenceEncoder.LENGTH))
                    .toFloatArray();
        }
    }

    private float[] shapes(float[] code) {
        return Arrays.copyOfRange(
                code,
                1,
                1 + Math.min(HeadCodes.SHAPES, heads.tensors().model().shapes().size()));
    }

    /** Columns are expressions, from the front; rows are the truth and what the table lists. */
    private BufferedImage sheet(HeadScore.Head truth, Iterable<HeadScore.Head> rows) {
        List<HeadScore.Head> all = new ArrayList<>(List.of(truth));
        rows.forEach(all::add);
        int size = task.size();
        BufferedImage sheet =
                new BufferedImage(options.expressions() * size, all.size() * size, BufferedImage.TYPE_INT_RGB);
        for (int r = 0; r < all.size(); r++) {
            for (int e = 0; e < options.expressions(); e++) {
                try (Scope s = scope.child()) {
                    float[] front =
                            all.get(r).see(s, e, BenchViews.SHEET.subList(0, 1)).picture(0);
                    NormalSheet.draw(sheet, front, size, e * size, r * size);
                }
            }
        }
        return sheet;
    }

    private List<String> table() {
        List<String> table = new ArrayList<>();
        table.add(String.format(
                "%-20s %9s %9s %7s %7s   %s", "what is not the truth", "face", "head", "IoU", "words", "alone in it"));
        scores.forEach((row, of) -> table.add(String.format(
                Locale.ROOT,
                "%-21s %8.2f° %8.2f° %7.3f %7.1f   %s",
                row,
                mean(of, HeadScore::faceNormalDegrees),
                mean(of, HeadScore::headNormalDegrees),
                mean(of, HeadScore::iou),
                mean(of, HeadScore::expressionRetrieval),
                LossOptions.ROWS.get(row))));
        return table;
    }

    private static double mean(List<HeadScore> of, ToDoubleFunction<HeadScore> figure) {
        return of.stream().mapToDouble(figure).average().orElse(Double.NaN);
    }

    private JsonObject json(long began) {
        JsonObject json = new JsonObject();
        json.addProperty("benchmark", "losses");
        json.addProperty("version", BenchVersion.text());
        JsonObject rows = new JsonObject();
        scores.forEach((row, of) -> {
            JsonObject entry = new JsonObject();
            entry.add("faceNormalDegrees", figures(of, HeadScore::faceNormalDegrees));
            entry.add("headNormalDegrees", figures(of, HeadScore::headNormalDegrees));
            entry.add("iou", figures(of, HeadScore::iou));
            entry.add("expressionRetrieval", figures(of, HeadScore::expressionRetrieval));
            rows.add(row, entry);
        });
        json.add("rows", rows);
        JsonObject settings = new JsonObject();
        settings.addProperty("quality", task.quality());
        settings.addProperty("seed", task.seed());
        settings.addProperty("identities", options.identities());
        settings.addProperty("expressions", options.expressions());
        settings.addProperty("sampleSteps", options.sampleSteps());
        settings.addProperty("pictureSize", task.size());
        settings.addProperty("device", Experts.name(scope.device()));
        settings.addProperty("geometry", task.geometry().toString());
        json.add("settings", settings);
        experts.sign(json, heads, began);
        return json;
    }

    private static JsonObject figures(List<HeadScore> of, ToDoubleFunction<HeadScore> figure) {
        JsonObject json = new JsonObject();
        json.addProperty("mean", rounded(mean(of, figure)));
        JsonArray values = new JsonArray();
        of.forEach(score -> values.add(rounded(figure.applyAsDouble(score))));
        json.add("values", values);
        return json;
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
