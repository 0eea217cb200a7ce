// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.bench;

import ai.djl.ndarray.NDArray;
import com.google.gson.JsonObject;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.eidolon.encoders.Identity;
import org.eidolon.encoders.SentenceEncoder;
import org.eidolon.head.code.CodeReader;
import org.eidolon.head.code.HeadCodes;
import org.eidolon.head.geometry.GeometryStage;
import org.eidolon.head.geometry.NormalViews;
import org.eidolon.head.model.HeadModel;
import org.eidolon.head.model.HeadPack;
import org.eidolon.head.stage.Worn;
import org.eidolon.head.train.Pictures;
import org.eidolon.head.train.UnseenWords;
import org.eidolon.mesh.Mesh;
import org.eidolon.models.Models;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;

/** The benchmark of words: heads made of wordings that training never met, looked for among the true shapes. */
final class WordsBench {
    private final WordsOptions options;
    private final StageTask task;
    private final Models models;
    private final Consumer<String> lines;
    private final NormalViews views;

    /** @param lines takes progress and the table, a line at a time */
    WordsBench(WordsOptions options, Models models, Consumer<String> lines) {
        this.options = options;
        this.task = options.task();
        this.models = models;
        this.lines = lines;
        views = new NormalViews(task.size());
    }

    /** Runs it; gives what goes to standard output. */
    JsonObject run(Scope scope) throws IOException {
        long began = System.nanoTime();
        HeadModel model = BadInput.checked(() -> HeadPack.open(task.heads()));
        TrueHeads heads = new TrueHeads(scope, model, task.seed(), 1, task.size());
        List<UnseenWords.Phrase> phrases = UnseenWords.draw(model, task.seed(), options.count());
        List<String> words = phrases.stream().map(UnseenWords.Phrase::words).toList();
        try (Experts experts = BadInput.checked(() -> new Experts(scope, models, task.normals()))) {
            CodeReader reader = experts.normals().reader().orElse(null);
            if (reader == null) {
                throw new IllegalArgumentException(
                        task.normals() + " reads no codes: there is no reader to compare with");
            }
            List<float[]> truths = new ArrayList<>(), read = new ArrayList<>();
            for (int e = 0; e < phrases.size(); e++) {
                try (Scope s = scope.child()) {
                    truths.add(heads.wearing(phrases.get(e).shapes())
                            .see(s, 0, BenchViews.WORDS)
                            .colours());
                    read.add(heads.wearing(shapes(s, reader, experts.sentence(words.get(e)), model))
                            .see(s, 0, BenchViews.WORDS)
                            .colours());
                }
            }
            List<float[]> made = made(scope, experts, heads, words);
            WordsResult result = WordsResult.of(words, made, truths);
            WordsResult baseline = WordsResult.of(words, read, truths);
            new ResultFiles(task.out()).picture("sheet", sheet(made, truths));
            lines.accept("");
            result.table(baseline).forEach(lines);
            return json(scope, experts, heads, result, baseline, began);
        }
    }

    /** Pictures of each expression as the stage makes it, so many of them in a run. */
    private List<float[]> made(Scope scope, Experts experts, TrueHeads heads, List<String> words) throws IOException {
        Identity person = experts.meet(Experts.portrait(scope, new Pictures(heads.tensors()), heads.person(0)));
        int runs = Math.ceilDiv(words.size(), options.together());
        BenchProgress progress =
                new BenchProgress(lines, (long) runs * task.geometry().steps());
        List<float[]> made = new ArrayList<>();
        for (int r = 0; r < runs; r++) {
            List<String> some =
                    words.subList(r * options.together(), Math.min(words.size(), (r + 1) * options.together()));
            // checkpoints stay, as what a finished run was: with --resume it comes back at once
            ResultFiles files = new ResultFiles(task.out().resolve("run-" + (r + 1)));
            if (!task.resume()) files.forget();
            List<Mesh> meshes = new GeometryStage(experts.normals(), task.geometry())
                    .run(
                            scope,
                            person,
                            Worn.of(experts.sentences(some)),
                            progress.stage("run " + (r + 1) + " of " + runs, files.checkpoints("geometry")))
                    .meshes();
            for (Mesh mesh : meshes) {
                try (Scope s = scope.child()) {
                    made.add(views.render(s, mesh, BenchViews.WORDS).colours());
                }
            }
        }
        return made;
    }

    /** Shape weights that the reader takes from a sentence. */
    private static float[] shapes(Scope s, CodeReader reader, float[] sentence, HeadModel model) {
        try (var off = Torch.noGradient()) {
            NDArray code = reader.expression(s, s.of(sentence, 1, SentenceEncoder.LENGTH));
            int told = Math.min(HeadCodes.SHAPES, model.shapes().size());
            return Arrays.copyOfRange(code.toFloatArray(), 1, 1 + told);
        }
    }

    /** Ten expressions a row, from the front: the truth above what was made. */
    private BufferedImage sheet(List<float[]> made, List<float[]> truths) {
        int size = task.size(), columns = Math.min(10, made.size()), picture = 3 * size * size;
        int front = BenchViews.WORDS.size() / 2;
        int rows = Math.ceilDiv(made.size(), columns);
        BufferedImage sheet = new BufferedImage(columns * size, 2 * rows * size, BufferedImage.TYPE_INT_RGB);
        for (int e = 0; e < made.size(); e++) {
            int left = e % columns * size, top = 2 * (e / columns) * size;
            NormalSheet.draw(sheet, slice(truths.get(e), front, picture), size, left, top);
            NormalSheet.draw(sheet, slice(made.get(e), front, picture), size, left, top + size);
        }
        return sheet;
    }

    private static float[] slice(float[] pictures, int number, int length) {
        return Arrays.copyOfRange(pictures, number * length, (number + 1) * length);
    }

    private JsonObject json(
            Scope scope, Experts experts, TrueHeads heads, WordsResult result, WordsResult baseline, long began) {
        JsonObject json = new JsonObject();
        json.addProperty("benchmark", "words");
        json.addProperty("version", BenchVersion.text());
        json.addProperty("wordings", options.count());
        json.add("made", result.summary());
        JsonObject beside = new JsonObject();
        beside.add("reader", baseline.summary());
        JsonObject chance = new JsonObject();
        chance.addProperty("found", 1);
        chance.addProperty("meanRank", (options.count() + 1) / 2.0);
        beside.add("chance", chance);
        json.add("baselines", beside);
        json.add("each", result.each(baseline));
        JsonObject settings = new JsonObject();
        settings.addProperty("quality", task.quality());
        settings.addProperty("seed", task.seed());
        settings.addProperty("person", heads.person(0).seed());
        settings.addProperty("expressionsPerRun", options.together());
        settings.addProperty("pictureSize", task.size());
        settings.addProperty("device", Experts.name(scope.device()));
        settings.addProperty("geometry", task.geometry().toString());
        json.add("settings", settings);
        experts.sign(json, heads, began);
        return json;
    }
}
