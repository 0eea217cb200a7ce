// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.bench;

import com.google.gson.JsonObject;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.eidolon.encoders.Encoding;
import org.eidolon.encoders.FaceChoice;
import org.eidolon.encoders.FaceDetector;
import org.eidolon.encoders.Identity;
import org.eidolon.encoders.Photo;
import org.eidolon.encoders.PhotoException;
import org.eidolon.encoders.Portrait;
import org.eidolon.encoders.PortraitReader;
import org.eidolon.head.geometry.GeometryResult;
import org.eidolon.head.geometry.GeometryStage;
import org.eidolon.head.model.HeadModel;
import org.eidolon.head.prior.HeadPrior;
import org.eidolon.head.skin.Skin;
import org.eidolon.head.stage.Worn;
import org.eidolon.head.texture.AlbedoField;
import org.eidolon.head.texture.TextureResult;
import org.eidolon.head.texture.TextureStage;
import org.eidolon.head.train.HeadTensors;
import org.eidolon.mesh.Mesh;
import org.eidolon.torch.Scope;

/** Makes neutral heads of photos and asks the encoder that guided them whether it knows them again. */
final class PortraitBench {
    private static final String MEASUREMENT = "portrait 1";

    /** A photo with one face that was read. */
    private record Sitter(String name, Photo aligned, Encoding encoding) {}

    private final Scope scope;
    private final LikenessOptions options;
    private final HeadModel model;
    private final Experts experts;
    private final HeadPrior colour;
    private final List<Sitter> sitters = new ArrayList<>();
    private final List<String> unread = new ArrayList<>();
    private final List<Integer> chosen;

    PortraitBench(Scope scope, LikenessOptions options, HeadModel model, Experts experts) throws IOException {
        this.scope = scope;
        this.options = options;
        this.model = model;
        this.experts = experts;
        colour = options.texture() == null ? null : experts.colour(scope, options.colour());
        read();
        chosen = options.shard().part(drawn());
    }

    /** Numbers of the sitters to make heads of, drawn by the seed. */
    private List<Integer> drawn() {
        List<Integer> all =
                new ArrayList<>(IntStream.range(0, sitters.size()).boxed().toList());
        Collections.shuffle(all, new Random(options.task().seed()));
        int count = options.portraitCount() == 0 ? all.size() : Math.min(options.portraitCount(), all.size());
        return all.subList(0, count);
    }

    private void read() throws IOException {
        List<Path> files;
        try (var all = Files.walk(options.portraits())) {
            files = all.filter(Files::isRegularFile)
                    .filter(f -> f.toString().toLowerCase(Locale.ROOT).matches(".*\\.(jpe?g|png)"))
                    .sorted()
                    .toList();
        }
        try (PortraitReader reader = PortraitReader.open(experts.models())) {
            for (Path file : files) {
                String name = options.portraits().relativize(file).toString();
                try {
                    Portrait portrait =
                            reader.read(Photo.read(file), name, FaceChoice.LARGEST, PortraitReader.Limits.DEFAULT);
                    sitters.add(new Sitter(
                            name, portrait.aligned(), experts.identities().encode(portrait.aligned())));
                } catch (PhotoException e) {
                    unread.add(name + ": " + e.getMessage());
                }
            }
        }
        if (sitters.size() < 2) {
            throw new IllegalArgumentException("retrieval needs at least 2 photos with a face; " + options.portraits()
                    + " has " + sitters.size() + (unread.isEmpty() ? "" : ", and " + unread.getFirst()));
        }
    }

    long steps() {
        return chosen.size()
                * (options.task().geometry().steps()
                        + (options.texture() == null ? 0L : options.texture().steps()));
    }

    List<PortraitResult> run(BenchProgress progress, Consumer<PortraitResult> each) throws IOException {
        unread.forEach(line -> progress.say("left out: " + line));
        List<PortraitResult> all = new ArrayList<>();
        try (FaceDetector detector = FaceDetector.open(experts.models())) {
            FrontalPortraits portraits = new FrontalPortraits(detector, experts.identities(), model);
            FrontalPortraits.Met mean = meanHead(portraits);
            for (int number : chosen) {
                Sitter sitter = sitters.get(number);
                ResultFiles files = new ResultFiles(
                        options.task().out().resolve("portrait-" + sitter.name().replaceAll("[^A-Za-z0-9]+", "-")));
                String key = ResultFiles.key(
                        MEASUREMENT,
                        BenchVersion.text(),
                        sitter.name(),
                        sitters.size(),
                        Arrays.toString(sitter.encoding.embedding()),
                        options.task().geometry(),
                        options.texture(),
                        experts.hashes());
                Optional<PortraitResult> kept =
                        options.task().resume() ? files.read(PortraitResult.class, key) : Optional.empty();
                if (kept.isPresent()) {
                    progress.skip(steps() / chosen.size());
                    all.add(kept.get());
                } else {
                    if (!options.task().resume()) files.forget();
                    progress.say("portrait " + (all.size() + 1) + " of " + chosen.size() + ": " + sitter.name());
                    all.add(one(number, key, files, progress, portraits, mean));
                    files.write(all.getLast());
                }
                each.accept(all.getLast());
            }
        }
        return all;
    }

    private FrontalPortraits.Met meanHead(FrontalPortraits portraits) {
        try (Scope s = scope.child()) {
            float[] paint =
                    new HeadTensors(s, model).paint(s, List.of(Skin.mean())).toFloatArray();
            return portraits.meet(
                    s, Mesh.of(model.neutral(), model.triangles()), FrontalPortraits.Paint.vertices(paint));
        }
    }

    private PortraitResult one(
            int number,
            String key,
            ResultFiles files,
            BenchProgress progress,
            FrontalPortraits portraits,
            FrontalPortraits.Met mean)
            throws IOException {
        Sitter sitter = sitters.get(number);
        Map<String, Double> seconds = new LinkedHashMap<>();
        long began = System.nanoTime();
        Identity person = Identity.of(experts.identities(), List.of(sitter.encoding()));
        Worn neutral = experts.expressions(1);
        GeometryResult shape = new GeometryStage(
                        experts.normals(), options.task().geometry())
                .run(
                        scope,
                        person,
                        neutral,
                        progress.stage(sitter.name() + ", geometry stage", files.checkpoints("geometry")));
        seconds.put("geometry", seconds(began));
        began = System.nanoTime();
        FrontalPortraits.Met met;
        if (colour == null) {
            met = portraits.meet(scope, shape.meshes().getFirst(), FrontalPortraits.Paint.GREY_CLAY);
        } else {
            TextureResult texture = new TextureStage(colour, options.texture())
                    .run(
                            scope,
                            shape.meshes(),
                            person,
                            neutral,
                            progress.stage(sitter.name() + ", texture stage", files.checkpoints("texture")));
            seconds.put("texture", seconds(began));
            try (Scope s = scope.child()) {
                met = portraits.meet(
                        s,
                        shape.meshes().getFirst(),
                        FrontalPortraits.Paint.field(AlbedoField.of(s, texture.albedo())));
            }
        }
        files.picture("sheet", beside(sitter.aligned().toImage(), met.front().toImage()));
        double others = 0;
        for (int i = 0; i < sitters.size(); i++) {
            if (i != number) others += cosine(met, i) / (sitters.size() - 1);
        }
        return new PortraitResult(
                key,
                sitter.name(),
                sitters.size(),
                cosine(met, number),
                rank(met, number),
                cosine(mean, number),
                rank(mean, number),
                others,
                met.facesFound(),
                colour != null,
                seconds);
    }

    private double cosine(FrontalPortraits.Met met, int number) {
        return Identity.cosine(met.embedding(), sitters.get(number).encoding().embedding());
    }

    private int rank(FrontalPortraits.Met met, int right) {
        double own = cosine(met, right);
        int rank = 1;
        for (int i = 0; i < sitters.size(); i++) if (i != right && cosine(met, i) > own) rank++;
        return rank;
    }

    /** Who judges, and what could not be judged. */
    JsonObject about(List<PortraitResult> made) {
        JsonObject json = new JsonObject();
        json.addProperty("judge", experts.identities().id() + ", the encoder that guided the heads: it flatters them");
        json.addProperty("gallery", sitters.size());
        json.addProperty("made", made.size());
        json.addProperty("textured", colour != null);
        json.addProperty("leftOut", unread.size());
        json.addProperty(
                "facesFound",
                made.stream().mapToInt(PortraitResult::facesFound).average().orElse(0));
        return json;
    }

    private static BufferedImage beside(BufferedImage photo, BufferedImage head) {
        int size = head.getHeight();
        BufferedImage both = new BufferedImage(2 * size, size, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = both.createGraphics();
        g.drawImage(photo, 0, 0, size, size, null);
        g.drawImage(head, size, 0, null);
        g.dispose();
        return both;
    }

    private static double seconds(long since) {
        return Math.round((System.nanoTime() - since) / 1e8) / 10.0;
    }
}
