// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.geometry;

import ai.djl.ndarray.NDArray;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.eidolon.head.stage.StageLoop;
import org.eidolon.head.stage.StageMonitor;
import org.eidolon.head.stage.StageSteps;
import org.eidolon.head.view.Framing;
import org.eidolon.head.view.View;
import org.eidolon.mesh.Mesh;
import org.eidolon.torch.Adam;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;

/** Moves a field by what somebody says of its pictures, step by step ({@link StageSteps}), or to the end of a run. */
public final class FieldOptimiser {
    private static final String CHECKPOINT = "geometry.safetensors";
    private static final int WARM_UP = 20;
    private static final double LAST_RATE = 0.1;

    /** Says how a step's pictures should change. */
    @FunctionalInterface
    public interface Guide {
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
    public record Draw(long step, int[] expressions, List<View> views, Random random) {}

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
    private final Guide guide;
    private final Adam adam;
    private final List<NDArray> leaves = new ArrayList<>();
    private final StageSteps steps;
    private final StepClock clock;

    /**
     * Moves a field by its normals.
     *
     * @param field in the scope
     * @param pictureSize width and height of the pictures that the guide is shown
     * @param guide says how they should change
     * @param clock hears where the time of a step goes
     */
    public FieldOptimiser(
            Scope scope, HeadField field, GeometrySettings settings, int pictureSize, Guide guide, StepClock clock) {
        this(scope, field, settings, new SurfaceRenderer(scope.device(), pictureSize), null, guide, clock);
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
            Guide guide,
            StepClock clock) {
        this.clock = clock;
        this.guide = guide;
        this.scope = scope;
        this.field = field;
        this.settings = settings;
        this.renderer = renderer;
        this.pictures = pictures != null ? pictures : (s, shown, draw) -> renderer.normals(s, shown, draw.views());
        adam = new Adam(scope, Adam.Options.of(settings.gridRate()));
        for (HeadField.Grid grid : field.grids()) add(List.of(grid.leaf()), grid.factor());
        add(field.network(), settings.networkRate() / settings.gridRate());
        steps = new StageSteps(scope, field.parameters(), adam, settings.seed());
    }

    private void add(List<NDArray> group, double factor) {
        adam.add(group, factor);
        leaves.addAll(group);
    }

    HeadField field() {
        return field;
    }

    StageSteps steps() {
        return steps;
    }

    /** What the next step will look at. */
    Draw draw() {
        Random random = steps.chance();
        int[] chosen = StageSteps.some(settings.shown(field.expressions()), field.expressions(), random);
        List<View> views = new ArrayList<>();
        for (int i = 0; i < settings.viewsPerStep(); i++) {
            Framing framing = random.nextDouble() < settings.crops() ? Framing.FACE : Framing.WHOLE;
            views.add(View.random(framing, random));
        }
        return new Draw(adam.steps(), chosen, views, random);
    }

    /**
     * One step.
     *
     * @throws IllegalStateException if the surface is gone or the numbers are no longer finite
     */
    public void step() {
        step(() -> {});
    }

    /** @param pause called before the guide is asked, when nothing has changed yet */
    private void step(Runnable pause) {
        Draw draw = draw();
        adam.learningRate(settings.gridRate() * steps.rate(WARM_UP, LAST_RATE, settings.steps()));
        try (Scope s = scope.child()) {
            clock.start();
            Surfaces surfaces = field.surfaces(s, draw.expressions(), false, clock);
            NDArray images = pictures.of(s, surfaces, draw);
            clock.lap("render");
            NDArray residual;
            try (Torch.Mode off = Torch.noGradient()) {
                pause.run();
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

    /**
     * Goes on from a checkpoint of the same run, if there is one, to the last of the settings' steps.
     *
     * @param run names all that the result depends on
     */
    public GeometryResult run(String run, StageMonitor monitor) throws IOException {
        new StageLoop(new Told(monitor), steps, settings.steps(), CHECKPOINT, run, monitor).run();
        List<Mesh> meshes = new ArrayList<>();
        for (int e = 0; e < field.expressions(); e++) {
            monitor.checkCancelled();
            meshes.add(field.mesh(scope, e));
        }
        return new GeometryResult(List.copyOf(meshes), clock.perStep(), steps.done());
    }

    /** The steps as a run's loop knows them. */
    private final class Told implements StageLoop.Work {
        private final StageMonitor monitor;

        Told(StageMonitor monitor) {
            this.monitor = monitor;
        }

        @Override
        public void step() {
            FieldOptimiser.this.step(monitor::checkCancelled);
        }

        @Override
        public BufferedImage preview() {
            return Preview.of(scope, field, renderer);
        }

        @Override
        public Optional<Mesh> surface() {
            return Optional.of(field.mesh(scope, 0));
        }

        @Override
        public void beside(String what, long nanos) {
            clock.beside(what, nanos);
        }
    }
}
