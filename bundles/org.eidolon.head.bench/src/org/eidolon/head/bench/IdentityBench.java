// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.bench;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.eidolon.encoders.FaceAlignment;
import org.eidolon.encoders.Identity;
import org.eidolon.encoders.Photo;
import org.eidolon.head.geometry.GeometryResult;
import org.eidolon.head.geometry.GeometryStage;
import org.eidolon.head.geometry.NormalViews;
import org.eidolon.head.model.HeadModel;
import org.eidolon.head.train.Pictures;
import org.eidolon.mesh.Mesh;
import org.eidolon.torch.Scope;

/** Makes held-out people from one painted portrait each and measures them against their true heads. */
final class IdentityBench {
    /** Changes whenever the same settings would measure something else. */
    private static final String MEASUREMENT = "likeness 1";

    private final Scope scope;
    private final LikenessOptions options;
    private final StageTask task;
    private final Experts experts;
    private final BenchProgress progress;
    private final TrueHeads heads;
    private final Pictures pictures;
    private final String hash;
    private List<float[]> gallery;

    IdentityBench(Scope scope, LikenessOptions options, HeadModel model, Experts experts, BenchProgress progress) {
        this.scope = scope;
        this.options = options;
        this.task = options.task();
        this.experts = experts;
        this.progress = progress;
        heads = new TrueHeads(scope, model, task.seed(), options.gallery(), task.size());
        pictures = new Pictures(heads.tensors());
        hash = heads.hash();
    }

    /** Steps that a person takes. */
    static long steps(LikenessOptions options) {
        return options.task().geometry().steps() * (options.ceiling() ? 2L : 1L);
    }

    String headsHash() {
        return hash;
    }

    TrueHeads heads() {
        return heads;
    }

    /** All people, those that are kept from before and those that are made now. */
    List<IdentityResult> run(Consumer<IdentityResult> each) throws IOException {
        List<IdentityResult> all = new ArrayList<>();
        for (int i : options.people()) {
            ResultFiles files = new ResultFiles(
                    task.out().resolve("identity-" + heads.person(i).seed()));
            String key = ResultFiles.key(
                    MEASUREMENT,
                    BenchVersion.text(),
                    hash,
                    heads.person(i).seed(),
                    i,
                    options.gallery(),
                    task.size(),
                    task.geometry(),
                    experts.normals().card().toJson(),
                    experts.hashes());
            Optional<IdentityResult> kept = task.resume() ? files.read(IdentityResult.class, key) : Optional.empty();
            if (kept.isPresent() && (kept.get().directFit() != null || !options.ceiling())) {
                progress.skip(steps(options));
                progress.say(name(i) + " is kept from before");
                all.add(kept.get());
            } else {
                if (!task.resume()) files.forget();
                all.add(one(i, key, files));
                files.write(all.getLast());
            }
            each.accept(all.getLast());
        }
        return all;
    }

    private String name(int i) {
        return "person " + (i + 1) + " of " + options.identities();
    }

    private IdentityResult one(int i, String key, ResultFiles files) throws IOException {
        Map<String, Double> seconds = new LinkedHashMap<>();
        long at = System.nanoTime();
        float[] portrait = Experts.portrait(scope, pictures, heads.person(i));
        int side = FaceAlignment.SIZE;
        files.picture("portrait", Photo.ofFloats(portrait, side, side).toImage());
        Identity person = experts.meet(portrait);
        GeometryResult made = new GeometryStage(experts.normals(), task.geometry())
                .run(
                        scope,
                        person,
                        experts.expressions(heads.expressions()),
                        progress.stage(name(i) + ", geometry stage", files.checkpoints("geometry")));
        at = lap(seconds, "stage", at);
        GeometryResult fit = null;
        if (options.ceiling()) {
            int size = experts.normals().card().size();
            fit = new GeometryFit(task.geometry(), size)
                    .run(
                            scope,
                            heads.expressions(),
                            heads.truth(i, size),
                            progress.stage(name(i) + ", direct fit", files.checkpoints("fit")));
            at = lap(seconds, "directFit", at);
        }
        progress.say(name(i) + ": measuring");
        if (gallery == null) gallery = heads.gallery(scope);
        HeadScore.Truth truth = HeadScore.Truth.of(scope, heads.of(i), heads.expressions());
        int other = (i + options.gallery() / 2) % options.gallery();
        IdentityResult result = new IdentityResult(
                key,
                i,
                heads.person(i).seed(),
                score(meshes(made), truth, i),
                score(heads.mean(), truth, i),
                score(heads.of(other), truth, i),
                fit == null ? null : score(meshes(fit), truth, i),
                seconds,
                made.millisPerStep());
        files.picture("sheet", sheet(heads.of(i), meshes(made), fit == null ? null : meshes(fit)));
        lap(seconds, "measuring", at);
        return result;
    }

    private HeadScore score(HeadScore.Head head, HeadScore.Truth truth, int right) {
        return HeadScore.of(scope, head, truth, gallery, right);
    }

    private HeadScore.Head meshes(GeometryResult result) {
        List<Mesh> meshes = result.meshes();
        NormalViews views = new NormalViews(task.size());
        return (s, e, from) -> views.render(s, meshes.get(e), from);
    }

    /** Columns are expressions; rows are truth, made and, if there is one, fit: from the front, then from the side. */
    private BufferedImage sheet(HeadScore.Head... rows) {
        int count = rows[2] == null ? 2 : 3, size = task.size();
        BufferedImage sheet = new BufferedImage(
                heads.expressions() * size, BenchViews.SHEET.size() * count * size, BufferedImage.TYPE_INT_RGB);
        for (int e = 0; e < heads.expressions(); e++) {
            for (int r = 0; r < count; r++) {
                try (Scope s = scope.child()) {
                    NormalViews.Seen seen = rows[r].see(s, e, BenchViews.SHEET);
                    for (int v = 0; v < seen.count(); v++) {
                        NormalSheet.draw(sheet, seen.picture(v), size, e * size, (v * count + r) * size);
                    }
                }
            }
        }
        return sheet;
    }

    private static long lap(Map<String, Double> seconds, String part, long since) {
        long now = System.nanoTime();
        seconds.put(part, Math.round((now - since) / 1e8) / 10.0);
        return now;
    }
}
