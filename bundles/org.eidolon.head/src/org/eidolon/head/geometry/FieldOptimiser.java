// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.geometry;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.eidolon.head.view.Framing;
import org.eidolon.head.view.View;
import org.eidolon.torch.Adam;
import org.eidolon.torch.SafeTensors;
import org.eidolon.torch.SafeTensorsWriter;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;
import org.eidolon.torch.Weights;

/**
 * Moves a field by what somebody says of its pictures. All chance in a step follows from the seed and the step's number,
 * so a run that was stopped goes on as if it never had been.
 */
final class FieldOptimiser {
    private static final int WARM_UP = 20;
    private static final String STEP = "step", RUN = "run";

    /** Says how a step's pictures should change. */
    @FunctionalInterface
    interface Guide {
        /**
         * @param images (expressions × views, C, S, S) in -1…1, views of the first expression first, cut from the graph
         * @return picture minus what it should be, of the same shape
         */
        NDArray residual(Scope s, NDArray images, Draw draw);
    }

    /**
     * What a step looks at.
     *
     * @param step number of the step
     * @param expressions which are drawn
     * @param views from where, the same for each expression
     * @param random further chance of this step
     */
    record Draw(long step, int[] expressions, List<View> views, Random random) {}

    /** Draws what a step's guide is shown. */
    @FunctionalInterface
    interface Pictures {
        /** (expressions × views, C, S, S), views of the first expression first; differentiable. */
        NDArray of(Scope s, Surfaces surfaces, Draw draw);
    }

    private final Scope scope;
    private final HeadField field;
    private final GeometrySettings settings;
    private final SurfaceRenderer renderer;
    private final Pictures pictures;
    private final Adam adam;
    private final List<NDArray> leaves = new ArrayList<>();
    private final StepClock clock;

    FieldOptimiser(Scope scope, HeadField field, GeometrySettings settings, int pictureSize) {
        this(scope, field, settings, pictureSize, new StepClock());
    }

    FieldOptimiser(Scope scope, HeadField field, GeometrySettings settings, int pictureSize, StepClock clock) {
        this(scope, field, settings, new SurfaceRenderer(scope.device(), pictureSize), null, clock);
    }

    /**
     * @param renderer of previews, and of the steps unless others draw these
     * @param pictures draws what the guide is shown; null for the renderer's normals
     */
    FieldOptimiser(
            Scope scope,
            HeadField field,
            GeometrySettings settings,
            SurfaceRenderer renderer,
            Pictures pictures,
            StepClock clock) {
        this.clock = clock;
        this.scope = scope;
        this.field = field;
        this.settings = settings;
        this.renderer = renderer;
        this.pictures = pictures != null ? pictures : (s, shown, draw) -> renderer.normals(s, shown, draw.views());
        adam = new Adam(scope, Adam.Options.of(settings.gridRate()));
        for (HeadField.Grid grid : field.grids()) add(List.of(grid.leaf()), grid.factor());
        add(field.network(), settings.networkRate() / settings.gridRate());
    }

    private void add(List<NDArray> group, double factor) {
        adam.add(group, factor);
        leaves.addAll(group);
    }

    HeadField field() {
        return field;
    }

    SurfaceRenderer renderer() {
        return renderer;
    }

    StepClock clock() {
        return clock;
    }

    long steps() {
        return adam.steps();
    }

    /** What the next step will look at. */
    Draw draw() {
        long step = adam.steps();
        Random random = new Random((settings.seed() * 0x9E3779B97F4A7C15L) ^ (step + 1) * 0xD1B54A32D192ED03L);
        random.nextLong();
        int count = settings.shown(field.expressions());
        int[] order = new int[field.expressions()];
        for (int i = 0; i < order.length; i++) order[i] = i;
        int[] chosen = new int[count];
        for (int i = 0; i < count; i++) {
            int j = i + random.nextInt(order.length - i);
            chosen[i] = order[j];
            order[j] = order[i];
        }
        List<View> views = new ArrayList<>();
        for (int i = 0; i < settings.viewsPerStep(); i++) {
            Framing framing = random.nextDouble() < settings.crops() ? Framing.FACE : Framing.WHOLE;
            views.add(View.random(framing, random));
        }
        return new Draw(step, chosen, views, random);
    }

    /**
     * One step.
     *
     * @throws IllegalStateException if the surface is gone or the numbers are no longer finite
     */
    void step(Guide guide) {
        Draw draw = draw();
        adam.learningRate(settings.gridRate() * rate(draw.step()));
        try (Scope s = scope.child()) {
            clock.start();
            Surfaces surfaces = field.surfaces(s, draw.expressions(), false, clock);
            NDArray images = pictures.of(s, surfaces, draw);
            clock.lap("render");
            NDArray residual;
            try (Torch.Mode off = Torch.noGradient()) {
                residual = guide.residual(s, Torch.detach(s, images), draw);
            }
            clock.lap("guide");
            NDArray umbrella =
                    HeadField.KERNELS.call(s, "umbrella", surfaces.vertices(), surfaces.edges(s), surfaces.cell());
            NDArray loss = HeadField.KERNELS.call(s, "objective", images, residual, umbrella, settings.laplacian());
            List<NDArray> gradients = Torch.gradients(s, loss, null, leaves);
            clock.lap("backward");
            adam.step(s, gradients);
            clock.lap("optimiser");
        }
    }

    /** Warm-up, then a cosine fall to a tenth. */
    private double rate(long step) {
        double warm = Math.min(1, (step + 1.0) / WARM_UP);
        double progress = Math.min(1, (double) step / Math.max(1, settings.steps()));
        return warm * (0.1 + 0.9 * 0.5 * (1 + Math.cos(Math.PI * progress)));
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
        try (SafeTensors in = SafeTensors.open(file)) {
            if (!run.equals(in.metadata().get(RUN))) return false;
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
            try (SafeTensors in = SafeTensors.open(file)) {
                adam.restore(moments, Long.parseLong(in.metadata().get(STEP)));
            }
        }
        return true;
    }
}
