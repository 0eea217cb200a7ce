// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.bench;

import ai.djl.ndarray.NDArray;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.IntFunction;
import org.eidolon.head.geometry.NormalViews;
import org.eidolon.head.model.Expression;
import org.eidolon.head.model.HeadModel;
import org.eidolon.head.train.HeadTensors;
import org.eidolon.head.train.Subject;
import org.eidolon.head.view.View;
import org.eidolon.torch.Scope;

/** The people whose heads are known: those that are drawn, and what they look like in truth. */
final class TrueHeads {
    /** The trainer's gate measures on the first held-out people; the benchmark keeps clear of them. */
    private static final long FIRST = Subject.HELD_OUT + (1L << 20);

    /** People a seed has for itself. */
    private static final long PER_SEED = 1024;

    private final HeadTensors heads;
    private final NormalViews views;
    private final List<float[]> shapes;
    private final List<Subject> people = new ArrayList<>();

    /** @param count people drawn: the first are made, all are the gallery */
    TrueHeads(Scope scope, HeadModel model, long seed, int count, int size) {
        heads = new HeadTensors(scope, model);
        views = new NormalViews(size);
        shapes = Expression.standard().stream()
                .map(e -> model.shapeWeights(e.weights()))
                .toList();
        for (int i = 0; i < count; i++) people.add(Subject.of(FIRST + seed * PER_SEED + i, model));
    }

    HeadTensors tensors() {
        return heads;
    }

    Subject person(int number) {
        return people.get(number);
    }

    int expressions() {
        return shapes.size();
    }

    /** One of the people. */
    HeadScore.Head of(int number) {
        return head(people.get(number).identity());
    }

    /** The mean of all people, wearing the true expressions. */
    HeadScore.Head mean() {
        return head(new float[heads.model().identities().size()]);
    }

    /** The first of the people in another expression, by its shape weights: it is the only one that this head has. */
    HeadScore.Head wearing(float[] weights) {
        return (s, e, from) -> see(s, views, people.getFirst().identity(), weights, from);
    }

    /** Shape weights of an expression. */
    float[] shapes(int expression) {
        return shapes.get(expression);
    }

    /** A head of any identity in any expressions. */
    HeadScore.Head head(float[] identity, IntFunction<float[]> weights) {
        return (s, e, from) -> see(s, views, identity, weights.apply(e), from);
    }

    private HeadScore.Head head(float[] identity) {
        return (s, e, from) -> see(s, views, identity, shapes.get(e), from);
    }

    private NormalViews.Seen see(Scope s, NormalViews with, float[] identity, float[] weights, List<View> from) {
        NDArray at = heads.vertices(s, List.of(identity), List.of(weights));
        return with.render(s, heads.faces(), at, from);
    }

    /** Neutral pictures of everybody. */
    List<float[]> gallery(Scope scope) {
        List<float[]> all = new ArrayList<>();
        for (int i = 0; i < people.size(); i++) {
            try (Scope s = scope.child()) {
                all.add(of(i).see(s, 0, BenchViews.GALLERY).colours());
            }
        }
        return all;
    }

    /** What a direct fit to one of the people sees. */
    GeometryFit.Truth truth(int number, int size) {
        NormalViews small = new NormalViews(size);
        return (s, expressions, from) -> {
            int own = from.size() * 3 * size * size;
            float[] pictures = new float[expressions.length * own];
            for (int i = 0; i < expressions.length; i++) {
                float[] seen = see(s, small, people.get(number).identity(), shapes.get(expressions[i]), from)
                        .colours();
                System.arraycopy(seen, 0, pictures, i * own, own);
            }
            return s.of(pictures, (long) expressions.length * from.size(), 3, size, size);
        };
    }

    /** A hash of the head model's numbers. */
    String hash() {
        try {
            HeadModel model = heads.model();
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            List<float[]> all = new ArrayList<>(List.of(model.neutral()));
            all.addAll(model.identities());
            all.addAll(model.shapes());
            for (float[] numbers : all) {
                ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length);
                bytes.asFloatBuffer().put(numbers);
                digest.update(bytes);
            }
            digest.update(Arrays.toString(model.triangles()).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
