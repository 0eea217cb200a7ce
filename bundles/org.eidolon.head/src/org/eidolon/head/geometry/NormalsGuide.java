// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.geometry;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Random;
import org.eidolon.encoders.Identity;
import org.eidolon.head.prior.HeadPrior;
import org.eidolon.head.stage.PersonGuide;
import org.eidolon.head.stage.Worn;
import org.eidolon.head.view.View;
import org.eidolon.head.view.ViewCode;
import org.eidolon.render.Light;
import org.eidolon.torch.Scope;

/** What a prior of normals says of pictures, at timesteps that narrow while the run goes on. */
final class NormalsGuide implements FieldOptimiser.Guide {
    /** Share of the run over which timesteps narrow. */
    private static final double NARROWING = 0.6;

    private final HeadPrior prior;
    private final GeometrySettings settings;
    private final PersonGuide person;

    NormalsGuide(Scope scope, HeadPrior prior, GeometrySettings settings, Identity identity, Worn worn) {
        this.prior = prior;
        this.settings = settings;
        this.person = new PersonGuide(scope, prior, identity, worn);
    }

    @Override
    public NDArray residual(Scope s, NDArray images, FieldOptimiser.Draw draw) {
        List<View> views = draw.views();
        int[] times = new int[views.size()];
        for (int i = 0; i < times.length; i++) times[i] = time(draw.step(), draw.random());
        float[][] codes = views.stream().map(v -> ViewCode.of(v, Light.FLAT)).toArray(float[][]::new);
        return person.residual(s, images, draw.expressions(), codes, times, draw.random(), settings.guidance());
    }

    /** A timestep from a stretch that narrows linearly. */
    private int time(long step, Random random) {
        double share = Math.min(1, step / (NARROWING * settings.steps()));
        GeometrySettings.Span span = settings.firstNoise().towards(settings.lastNoise(), share);
        double at = span.low() + random.nextDouble() * (span.high() - span.low());
        return (int) Math.round(at * (prior.schedule().steps() - 1));
    }
}
