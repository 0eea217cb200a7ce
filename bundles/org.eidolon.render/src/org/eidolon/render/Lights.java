// SPDX-License-Identifier: EPL-2.0
package org.eidolon.render;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import org.eidolon.torch.Scope;

/** The lights of a batch of views. */
public record Lights(List<Light> lights) {

    public Lights {
        lights = List.copyOf(lights);
    }

    public static Lights same(Light light, int count) {
        return new Lights(Collections.nCopies(count, light));
    }

    public static Lights random(RandomGenerator random, int count) {
        List<Light> all = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            all.add(Light.random(random));
        }
        return new Lights(all);
    }

    public int count() {
        return lights.size();
    }

    /** (B, {@link Light#WIDTH}), what the shading takes. */
    public NDArray tensor(Scope scope) {
        float[] all = new float[count() * Light.WIDTH];
        for (int i = 0; i < count(); i++) {
            System.arraycopy(lights.get(i).row(), 0, all, i * Light.WIDTH, Light.WIDTH);
        }
        return scope.of(all, count(), Light.WIDTH);
    }

    /** (B, {@link Light#CODE_WIDTH}), what a prior is told. */
    public NDArray code(Scope scope) {
        float[] all = new float[count() * Light.CODE_WIDTH];
        for (int i = 0; i < count(); i++) {
            System.arraycopy(lights.get(i).code(), 0, all, i * Light.CODE_WIDTH, Light.CODE_WIDTH);
        }
        return scope.of(all, count(), Light.CODE_WIDTH);
    }

    public Lights slice(int from, int to) {
        return new Lights(lights.subList(from, to));
    }
}
