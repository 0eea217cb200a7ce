// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.texture;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.eidolon.head.view.Lighting;
import org.eidolon.head.view.View;
import org.eidolon.render.Light;
import org.eidolon.torch.Adam;
import org.eidolon.torch.SafeTensors;
import org.eidolon.torch.SafeTensorsWriter;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;
import org.eidolon.torch.Weights;

/**
 * Moves an albedo by what somebody says of pictures of it. All chance in a step follows from the seed and the step's
 * number, so a run that was stopped goes on as if it never had been.
 */
final class TextureOptimiser {
    private static final int WARM_UP = 10;
    private static final String STEP = "step", RUN = "run";

    /** Says how a step's pictures should change. */
    @FunctionalInterface
    interface Guide {
        /**
         * @param images (expressions × views, 3, S, S) in -1…1, views of the first expression first, cut from the graph
         * @return picture minus what it should be, of the same shape
         */
        NDArray residual(Scope s, NDArray images, Draw draw);
    }

    /**
     * What a step looks at.
     *
     * @param step number of the step
     * @param expressions which are drawn
     * @param views from where, the same for each expression, by number
     * @param lights in what light, one for each view
     * @param random further chance of this step
     */
    record Draw(long step, int[] expressions, int[] views, List<Light> lights, Random random) {}

    private final Scope scope;
    private final AlbedoField field;
    private final TextureSettings settings;
    private final SurfaceViews views;
    private final AlbedoRenderer renderer;
    private final Adam adam;
    private final List<NDArray> leaves = new ArrayList<>();

    TextureOptimiser(Scope scope, AlbedoField field, SurfaceViews views, TextureSettings settings) {
        this.scope = scope;
        this.field = field;
        this.settings = settings;
        this.views = views;
        renderer = new AlbedoRenderer(field, views.size());
        leaves.addAll(field.sharedGrids());
        leaves.addAll(field.ownGrids());
        leaves.addAll(field.network());
        adam = new Adam(scope, Adam.Options.of(settings.gridRate()))
                .add(field.sharedGrids(), 1)
                .add(field.ownGrids(), 1)
                .add(field.network(), settings.networkRate() / settings.gridRate());
    }

    AlbedoField field() {
        return field;
    }

    long steps() {
        return adam.steps();
    }

    View view(int number) {
        return views.view(number);
    }

    /** What the next step will look at. */
    Draw draw() {
        long step = adam.steps();
        Random random = new Random((settings.seed() * 0x9E3779B97F4A7C15L) ^ (step + 1) * 0xD1B54A32D192ED03L);
        random.nextLong();
        int[] order = new int[field.expressions()];
        for (int i = 0; i < order.length; i++) order[i] = i;
        int[] chosen = new int[Math.min(settings.expressionsPerStep(), order.length)];
        for (int i = 0; i < chosen.length; i++) {
            int j = i + random.nextInt(order.length - i);
            chosen[i] = order[j];
            order[j] = order[i];
        }
        int[] from = new int[settings.viewsPerStep()];
        List<Light> lights = new ArrayList<>();
        for (int i = 0; i < from.length; i++) {
            from[i] = views.draw(random.nextDouble() < settings.crops(), random);
            lights.add(random.nextDouble() < settings.lit() ? Lighting.random(random) : Light.FLAT);
        }
        return new Draw(step, chosen, from, List.copyOf(lights), random);
    }

    /** One step. */
    void step(Guide guide) {
        Draw draw = draw();
        adam.learningRate(settings.gridRate() * rate(draw.step()));
        int v = draw.views().length;
        int[] expressions = new int[draw.expressions().length * v];
        List<SurfaceViews.Seen> seen = new ArrayList<>();
        List<Light> lights = new ArrayList<>();
        try (Scope s = scope.child()) {
            for (int i = 0; i < expressions.length; i++) {
                expressions[i] = draw.expressions()[i / v];
                seen.add(views.seen(s, expressions[i], draw.views()[i % v]));
                lights.add(draw.lights().get(i % v));
            }
            NDArray images = renderer.pictures(s, expressions, seen, lights);
            NDArray residual;
            try (Torch.Mode off = Torch.noGradient()) {
                residual = guide.residual(s, Torch.detach(s, images), draw);
            }
            NDArray loss = AlbedoField.KERNELS.call(s, "objective", images, residual);
            adam.step(s, Torch.gradients(s, loss, null, leaves));
        }
    }

    /** Pictures (expressions × views, 3, S, S) without gradients, views of the first expression first. */
    NDArray pictures(Scope s, int[] expressions, List<View> from, Light light) {
        try (Torch.Mode off = Torch.noGradient();
                Scope inner = s.child()) {
            int[] on = new int[expressions.length * from.size()];
            List<SurfaceViews.Seen> seen = new ArrayList<>();
            List<Light> lights = new ArrayList<>();
            for (int i = 0; i < on.length; i++) {
                on[i] = expressions[i / from.size()];
                seen.add(views.look(inner, on[i], from.get(i % from.size())));
                lights.add(light);
            }
            return inner.keep(renderer.pictures(inner, on, seen, lights));
        }
    }

    /** Warm-up, then a cosine fall to a twentieth. */
    private double rate(long step) {
        double warm = Math.min(1, (step + 1.0) / WARM_UP);
        double progress = Math.min(1, (double) step / Math.max(1, settings.steps()));
        return warm * (0.05 + 0.95 * 0.5 * (1 + Math.cos(Math.PI * progress)));
    }

    /** Writes weights, the optimiser's state and the step; {@code run} says what they belong to. */
    void save(Path file, String run) throws IOException {
        Map<String, NDArray> all = new LinkedHashMap<>();
        field.parameters().forEach((name, t) -> all.put("field." + name, t));
        adam.state().forEach((name, t) -> all.put("adam." + name, t));
        SafeTensorsWriter.FLOAT.write(file, all, Map.of(STEP, Long.toString(adam.steps()), RUN, run));
    }

    /** Takes over a saved state if it belongs to the same run, else leaves everything as it is. */
    boolean restore(Path file, String run) throws IOException {
        long steps;
        try (SafeTensors in = SafeTensors.open(file)) {
            if (!run.equals(in.metadata().get(RUN))) return false;
            steps = Long.parseLong(in.metadata().get(STEP));
        }
        try (Scope s = scope.child()) {
            Map<String, NDArray> weights = new LinkedHashMap<>(), moments = new LinkedHashMap<>();
            Weights.load(s, file).map().forEach((name, t) -> {
                if (name.startsWith("field.")) weights.put(name.substring(6), t);
                else moments.put(name.substring(5), t);
            });
            Weights own = new Weights();
            field.parameters().forEach(own::put);
            own.set(weights);
            adam.restore(moments, steps);
        }
        return true;
    }
}
