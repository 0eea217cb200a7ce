// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.train;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.eidolon.diffusion.Conditioning;
import org.eidolon.encoders.Encodings;
import org.eidolon.encoders.IdentityEncoder;
import org.eidolon.head.model.Expression;
import org.eidolon.head.prior.Domain;
import org.eidolon.head.view.Framing;
import org.eidolon.head.view.Lighting;
import org.eidolon.head.view.View;
import org.eidolon.head.view.ViewCode;
import org.eidolon.render.Light;
import org.eidolon.torch.Scope;

/**
 * A ring of made-up people with pictures of each, kept on the device and renewed while training goes on: new people
 * replace the oldest, so a prior never sees the same set twice. Portraits are encoded by other threads meanwhile.
 */
final class SubjectBank implements AutoCloseable {
    /** People rendered at once. */
    private static final int CHUNK = 64;

    private static final int FEATURES = IdentityEncoder.TOKENS * IdentityEncoder.TOKEN;

    record Batch(NDArray pictures, Conditioning conditioning) {}

    private record Pending(List<Subject> people, Future<Encodings> encodings) {}

    private final Scope scope;
    private final TrainOptions options;
    private final Pictures pictures;
    private final Phrases phrases;
    private final IdentityEncoder encoder;
    private final List<float[]> shapes;
    private final ExecutorService encoding =
            Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());
    private final int chunk;
    private final NDArray store;
    private final NDArray embeddings;
    private final NDArray features;
    private final float[][] codes;
    private final int[] expressions;
    private long nextSeed;
    private int nextRow;
    private int ready;
    private Pending pending;

    SubjectBank(
            Scope scope,
            TrainOptions options,
            Pictures pictures,
            List<float[]> shapes,
            Phrases phrases,
            IdentityEncoder encoder,
            long firstSeed) {
        this.scope = scope;
        this.options = options;
        this.pictures = pictures;
        this.shapes = shapes;
        this.phrases = phrases;
        this.encoder = encoder;
        this.nextSeed = firstSeed;
        chunk = Math.min(CHUNK, options.subjects());
        int rows = options.subjects() / chunk * chunk;
        NDArray like = scope.zeros(1);
        store = HeadTensors.KERNELS.call(scope, "byte_store", rows * options.views(), Pictures.SIZE, like);
        embeddings = scope.zeros(rows, IdentityEncoder.EMBEDDING);
        features = HeadTensors.KERNELS.call(scope, "half_store", rows, FEATURES, like);
        codes = new float[rows * options.views()][];
        expressions = new int[rows * options.views()];
    }

    /** People that can be trained on now. */
    int ready() {
        return ready;
    }

    /** The first seed that nothing was trained on: where a resumed run goes on. */
    long nextSeed() {
        return pending == null ? nextSeed : pending.people.getFirst().seed();
    }

    /** Takes in a finished chunk of people, if there is one, and sends the next; waits for it where asked to. */
    boolean renew(boolean wait) {
        if (pending == null) pending = send();
        if (!wait && !pending.encodings.isDone()) return false;
        Pending done = pending;
        Encodings encodings = result(done.encodings);
        pending = send();
        take(done.people, encodings);
        return true;
    }

    private Pending send() {
        List<Subject> people = LongStream.range(nextSeed, nextSeed + chunk)
                .mapToObj(seed -> Subject.of(seed, pictures.model()))
                .toList();
        nextSeed += chunk;
        float[] crops;
        try (Scope s = scope.child()) {
            crops = pictures.portraits(s, people).toFloatArray();
        }
        return new Pending(people, encoding.submit(() -> encoder.encode(crops, people.size())));
    }

    private static Encodings result(Future<Encodings> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("training was cancelled", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException r ? r : new IllegalStateException(e.getCause());
        }
    }

    private void take(List<Subject> people, Encodings encodings) {
        int views = options.views();
        int rows = codes.length / views;
        if (nextRow == rows) nextRow = 0;
        List<Pictures.Take> takes = new ArrayList<>();
        for (int i = 0; i < people.size(); i++) {
            // a person's pictures are the person's own, whenever they are taken
            Random random = new Random(people.get(i).seed() * 0x9E3779B97F4A7C15L + 29);
            for (int v = 0; v < views; v++) {
                int expression = random.nextInt(shapes.size());
                Framing framing = v % 2 == 0 ? Framing.WHOLE : Framing.FACE;
                Pictures.Take take = take(random, people.get(i), expression, framing);
                takes.add(take);
                codes[(nextRow + i) * views + v] = take.code();
                expressions[(nextRow + i) * views + v] = expression;
            }
        }
        try (Scope s = scope.child()) {
            put(s, store, (long) nextRow * views, pictures.take(s, takes, options.domain()));
            put(s, embeddings, nextRow, s.of(encodings.embeddings(), people.size(), IdentityEncoder.EMBEDDING));
            put(s, features, nextRow, s.of(encodings.features(), people.size(), FEATURES));
        }
        nextRow += people.size();
        ready = Math.max(ready, nextRow);
    }

    private Pictures.Take take(Random random, Subject person, int expression, Framing framing) {
        boolean lit = options.domain() == Domain.COLOUR && random.nextFloat() < 0.6f;
        Light light = lit ? Lighting.random(random) : Light.FLAT;
        return new Pictures.Take(person, shapes.get(expression), View.random(framing, random), light);
    }

    private static void put(Scope s, NDArray store, long first, NDArray values) {
        long[] rows = LongStream.range(first, first + values.getShape().get(0)).toArray();
        HeadTensors.KERNELS.run(s, "put", store, s.of(rows), values);
    }

    /** A random batch; words are drawn anew each time. */
    Batch batch(Scope s, Random random, NDArray keepText, NDArray keepIdentity) {
        int n = options.batch();
        long[] who = new long[n], which = new long[n], phrase = new long[n];
        float[] code = new float[n * ViewCode.LENGTH];
        for (int i = 0; i < n; i++) {
            int row = random.nextInt(ready);
            int picture = row * options.views() + random.nextInt(options.views());
            who[i] = row;
            which[i] = picture;
            phrase[i] = phrases.draw(expressions[picture], random);
            System.arraycopy(codes[picture], 0, code, i * ViewCode.LENGTH, ViewCode.LENGTH);
        }
        NDArray people = s.of(who);
        NDArray chosen = HeadTensors.KERNELS.call(s, "take", store, s.of(which));
        NDArray map =
                HeadTensors.KERNELS.call(s, "maps", features, people, IdentityEncoder.TOKENS, IdentityEncoder.TOKEN);
        Conditioning conditioning = Conditioning.text(
                        HeadTensors.KERNELS.call(s, "take", phrases.table(), s.of(phrase)))
                .withIdentity(HeadTensors.KERNELS.call(s, "take", embeddings, people), map)
                .withView(s.of(code, n, ViewCode.LENGTH))
                .keep(keepText, keepIdentity);
        return new Batch(HeadTensors.KERNELS.call(s, "signed", chosen), conditioning);
    }

    static List<float[]> standardShapes(HeadTensors heads) {
        return Expression.standard().stream()
                .map(e -> heads.model().shapeWeights(e.weights()))
                .toList();
    }

    @Override
    public void close() {
        encoding.shutdownNow();
    }
}
