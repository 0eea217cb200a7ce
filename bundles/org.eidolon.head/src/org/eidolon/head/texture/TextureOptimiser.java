// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.texture;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.eidolon.head.stage.StageSteps;
import org.eidolon.head.view.Lighting;
import org.eidolon.head.view.View;
import org.eidolon.render.Light;
import org.eidolon.torch.Adam;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;

/** Moves an albedo by what somebody says of pictures of it, step by step ({@link StageSteps}). */
final class TextureOptimiser {
    private static final int WARM_UP = 10;
    private static final double LAST_RATE = 0.05;

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
    private final StageSteps steps;
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
        steps = new StageSteps(scope, field.parameters(), adam, settings.seed());
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
        Random random = steps.chance();
        int[] chosen = StageSteps.some(settings.shown(field.expressions()), field.expressions(), random);
        int[] from = new int[settings.viewsPerStep()];
        List<Light> lights = new ArrayList<>();
        for (int i = 0; i < from.length; i++) {
            from[i] = views.draw(random.nextDouble() < settings.crops(), random);
            lights.add(random.nextDouble() < settings.lit() ? Lighting.random(random) : Light.FLAT);
        }
        return new Draw(adam.steps(), chosen, from, List.copyOf(lights), random);
    }

    /** One step. */
    void step(Guide guide) {
        Draw draw = draw();
        adam.learningRate(settings.gridRate() * steps.rate(WARM_UP, LAST_RATE, settings.steps()));
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

    /** Writes weights, the optimiser's state and the step; {@code run} says what they belong to. */
    void save(Path file, String run) throws IOException {
        steps.save(file, run);
    }

    /** Takes over a saved state if it belongs to the same run, else leaves everything as it is. */
    boolean restore(Path file, String run) throws IOException {
        return steps.restore(file, run);
    }
}
