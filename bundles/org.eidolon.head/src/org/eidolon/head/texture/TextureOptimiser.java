// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.texture;

import ai.djl.ndarray.NDArray;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.eidolon.head.geometry.Preview;
import org.eidolon.head.stage.StageLoop;
import org.eidolon.head.stage.StageMonitor;
import org.eidolon.head.stage.StageSteps;
import org.eidolon.head.view.Framing;
import org.eidolon.head.view.Lighting;
import org.eidolon.head.view.View;
import org.eidolon.render.Light;
import org.eidolon.torch.Adam;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;

/** Moves an albedo by what somebody says of pictures of it, step by step ({@link StageSteps}), to the end of a run. */
public final class TextureOptimiser {
    private static final String CHECKPOINT = "texture.safetensors";
    private static final int PREVIEW_EXPRESSIONS = 4;
    private static final Light PREVIEW_LIGHT = Lighting.simple(0.4, 0.65, -0.6, 0.6);

    private static final int WARM_UP = 10;
    private static final double LAST_RATE = 0.05;

    /** Says how a step's pictures should change. */
    @FunctionalInterface
    public interface Guide {
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
    public record Draw(long step, int[] expressions, int[] views, List<Light> lights, Random random) {}

    private final Scope scope;
    private final AlbedoField field;
    private final TextureSettings settings;
    private final SurfaceViews views;
    private final AlbedoRenderer renderer;
    private final Guide guide;
    private final Adam adam;
    private final StageSteps steps;
    private final List<NDArray> leaves = new ArrayList<>();

    /**
     * Moves an albedo.
     *
     * @param field in the scope
     * @param views of the surfaces that it lies on
     * @param guide says how pictures of it should change
     */
    public TextureOptimiser(Scope scope, AlbedoField field, SurfaceViews views, TextureSettings settings, Guide guide) {
        this.scope = scope;
        this.guide = guide;
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

    /**
     * One step.
     *
     * @param pause called before the guide is asked, when nothing has changed yet
     */
    private void step(Runnable pause) {
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
                pause.run();
                residual = guide.residual(s, Torch.detach(s, images), draw);
            }
            NDArray loss = AlbedoField.KERNELS.call(s, "objective", images, residual);
            adam.step(s, Torch.gradients(s, loss, null, leaves));
        }
    }

    /** Pictures (expressions × views, 3, S, S) without gradients, views of the first expression first. */
    private NDArray pictures(Scope s, int[] expressions, List<View> from, Light light) {
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

    /**
     * Goes on from a checkpoint of the same run, if there is one, to the last of the settings' steps.
     *
     * @param run names all that the result depends on
     */
    public TextureResult run(String run, StageMonitor monitor) throws IOException {
        StageLoop.Work work = new StageLoop.Work() {
            @Override
            public void step() {
                TextureOptimiser.this.step(monitor::checkCancelled);
            }

            @Override
            public BufferedImage preview() {
                return TextureOptimiser.this.preview();
            }
        };
        double millis = new StageLoop(work, steps, settings.steps(), CHECKPOINT, run, monitor).run();
        return new TextureResult(field.values(), millis, steps.done());
    }

    /** The first expressions: face flat, face lit, head from the side. */
    private BufferedImage preview() {
        int[] expressions = IntStream.range(0, Math.min(PREVIEW_EXPRESSIONS, field.expressions()))
                .toArray();
        try (Scope s = scope.child()) {
            NDArray flat = pictures(s, expressions, List.of(View.front(Framing.FACE)), Light.FLAT);
            NDArray lit = pictures(
                    s,
                    expressions,
                    List.of(View.front(Framing.FACE), new View(Framing.WHOLE, 0.7, 0.1)),
                    PREVIEW_LIGHT);
            return Preview.sheet(AlbedoField.KERNELS.call(s, "columns", flat, lit, expressions.length), 3);
        }
    }
}
