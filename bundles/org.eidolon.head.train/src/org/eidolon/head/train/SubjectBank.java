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
import org.eidolon.head.code.HeadCodes;
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

    /** Share of the pictures that show a composed expression. */
    private static final float COMPOSED = 0.4f;

    private static final int FEATURES = IdentityEncoder.TOKENS * IdentityEncoder.TOKEN;

    /**
     * Pictures and what is told of them, some of it left out; and for the reader of codes what lies before it and what
     * it should read.
     *
     * @param portraits what the encoder says of each picture's person, nothing left out
     * @param words (B, 384)
     */
    record Batch(
            NDArray pictures,
            Conditioning conditioning,
            Portraits portraits,
            NDArray words,
            NDArray identityCode,
            NDArray textCode) {}

    /** Feature maps (B, 1, 49, 128), vectors (B, 192), cells' colours (B, 588). */
    record Portraits(NDArray maps, NDArray vectors, NDArray colours) {}

    private record Pending(List<Subject> people, Future<Encodings> encodings) {}

    private final Scope scope;
    private final TrainOptions options;
    private final Pictures pictures;
    private final Phrases phrases;
    private final IdentityEncoder encoder;
    private final ExecutorService encoding =
            Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());
    private final int chunk;
    private final NDArray store;
    private final NDArray embeddings;
    private final NDArray features;
    private final NDArray colours;
    private final float[][] people;
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
            Phrases phrases,
            IdentityEncoder encoder,
            long firstSeed) {
        this.scope = scope;
        this.options = options;
        this.pictures = pictures;
        this.phrases = phrases;
        this.encoder = encoder;
        this.nextSeed = firstSeed;
        chunk = Math.min(CHUNK, options.subjects());
        int rows = options.subjects() / chunk * chunk;
        NDArray like = scope.zeros(1);
        store = HeadTensors.KERNELS.call(scope, "byte_store", rows * options.views(), Pictures.SIZE, like);
        embeddings = scope.zeros(rows, IdentityEncoder.EMBEDDING);
        features = HeadTensors.KERNELS.call(scope, "half_store", rows, FEATURES, like);
        colours = scope.zeros(rows, IdentityEncoder.COLOURS);
        people = new float[rows][];
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

    private void take(List<Subject> arrived, Encodings encodings) {
        int views = options.views();
        int rows = codes.length / views;
        if (nextRow == rows) nextRow = 0;
        Domain shown = Pictures.shown(options.domain(), arrived.getFirst().seed() / chunk);
        List<Pictures.Take> takes = new ArrayList<>();
        for (int i = 0; i < arrived.size(); i++) {
            // a person's pictures are the person's own, whenever they are taken
            Random random = new Random(arrived.get(i).seed() * 0x9E3779B97F4A7C15L + 29);
            people[nextRow + i] =
                    HeadCodes.identity(arrived.get(i).identity(), arrived.get(i).skin());
            for (int v = 0; v < views; v++) {
                int expression = expression(random);
                Framing framing = v % 2 == 0 ? Framing.WHOLE : Framing.FACE;
                Pictures.Take take = take(random, arrived.get(i), expression, framing, shown);
                takes.add(take);
                codes[(nextRow + i) * views + v] = take.code(options.domain(), shown);
                expressions[(nextRow + i) * views + v] = expression;
            }
        }
        try (Scope s = scope.child()) {
            put(s, store, (long) nextRow * views, pictures.take(s, takes, shown));
            put(s, embeddings, nextRow, s.of(encodings.embeddings(), arrived.size(), IdentityEncoder.EMBEDDING));
            put(s, features, nextRow, s.of(encodings.features(), arrived.size(), FEATURES));
            put(s, colours, nextRow, s.of(encodings.colours(), arrived.size(), IdentityEncoder.COLOURS));
        }
        nextRow += arrived.size();
        ready = Math.max(ready, nextRow);
    }

    private Pictures.Take take(Random random, Subject person, int expression, Framing framing, Domain shown) {
        boolean lit = shown == Domain.COLOUR && random.nextFloat() < 0.6f;
        Light light = lit ? Lighting.random(random) : Light.FLAT;
        return new Pictures.Take(person, phrases.shapes(expression), View.random(framing, random), light);
    }

    /** Mostly one of the thirteen, else a composed one. */
    private int expression(Random random) {
        boolean composed = phrases.count() > phrases.standard() && random.nextFloat() < COMPOSED;
        return composed
                ? phrases.standard() + random.nextInt(phrases.count() - phrases.standard())
                : random.nextInt(phrases.standard());
    }

    private static void put(Scope s, NDArray store, long first, NDArray values) {
        long[] rows = LongStream.range(first, first + values.getShape().get(0)).toArray();
        HeadTensors.KERNELS.run(s, "put", store, s.of(rows), values);
    }

    /** A random batch; words are drawn anew each time. */
    Batch batch(Scope s, Random random, Masks masks) {
        int n = options.batch();
        long[] who = new long[n], which = new long[n], phrase = new long[n];
        float[] code = new float[n * ViewCode.LENGTH];
        float[] identity = new float[n * HeadCodes.IDENTITY], worn = new float[n * HeadCodes.EXPRESSION];
        for (int i = 0; i < n; i++) {
            int row = random.nextInt(ready);
            int picture = row * options.views() + random.nextInt(options.views());
            who[i] = row;
            which[i] = picture;
            phrase[i] = phrases.draw(expressions[picture], random);
            System.arraycopy(codes[picture], 0, code, i * ViewCode.LENGTH, ViewCode.LENGTH);
            System.arraycopy(people[row], 0, identity, i * HeadCodes.IDENTITY, HeadCodes.IDENTITY);
            float[] shapes = HeadCodes.expression(phrases.shapes(expressions[picture]));
            System.arraycopy(shapes, 0, worn, i * HeadCodes.EXPRESSION, HeadCodes.EXPRESSION);
        }
        NDArray rows = s.of(who);
        Portraits portraits = new Portraits(
                HeadTensors.KERNELS.call(
                        s,
                        "maps",
                        features,
                        rows,
                        IdentityEncoder.TOKENS,
                        IdentityEncoder.TOKEN,
                        s.of(masks.noise(), n)),
                taken(s, embeddings, rows),
                taken(s, colours, rows));
        NDArray words = taken(s, phrases.table(), s.of(phrase));
        NDArray identityCode = s.of(identity, n, HeadCodes.IDENTITY);
        NDArray textCode = s.of(worn, n, HeadCodes.EXPRESSION);
        Conditioning conditioning = options.domain() == Domain.BASE
                ? Conditioning.text(words)
                        .withView(s.of(code, n, ViewCode.LENGTH))
                        .keep(s.of(masks.text()), null)
                : Conditioning.text(masked(s, words, masks.words()))
                        .withIdentity(
                                masked(s, portraits.vectors, masks.portrait()),
                                masked(s, portraits.maps, masks.portrait()))
                        .withView(s.of(code, n, ViewCode.LENGTH))
                        .withCodes(masked(s, identityCode, masks.identityCode()), masked(s, textCode, masks.textCode()))
                        .keep(s.of(masks.text()), s.of(masks.identity()));
        NDArray signed = HeadTensors.KERNELS.call(s, "signed", taken(s, store, s.of(which)));
        return new Batch(signed, conditioning, portraits, words, identityCode, textCode);
    }

    private static NDArray taken(Scope s, NDArray store, NDArray rows) {
        return HeadTensors.KERNELS.call(s, "take", store, rows);
    }

    private static NDArray masked(Scope s, NDArray values, float[] mask) {
        return HeadTensors.KERNELS.call(s, "masked", values, s.of(mask));
    }

    @Override
    public void close() {
        encoding.shutdownNow();
    }
}
