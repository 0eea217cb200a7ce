// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eidolon.torch.SafeTensors;
import org.eidolon.torch.Scope;
import org.junit.jupiter.api.Test;

/** Walks of our samplers against those of diffusers' schedulers, read from the same configurations. */
class SamplerTest extends OnCpu {
    private static final int N = 16;
    private static final double TOLERANCE = 2e-5;

    @Test
    void walksEqualTheReference() throws Exception {
        Fixture f = Fixture.read("samplers.safetensors", s, folder);
        JsonObject configs;
        try (SafeTensors in = SafeTensors.open(folder.resolve("samplers.safetensors"))) {
            configs = JsonParser.parseString(in.metadata().get("configs")).getAsJsonObject();
        }
        assertThat(configs.size()).isGreaterThan(20);
        for (String name : configs.keySet()) {
            walk(f, name, configs.getAsJsonObject(name));
        }
    }

    private void walk(Fixture f, String name, JsonObject json) {
        double eta = json.remove("eta").getAsDouble();
        SchedulerConfig config = SchedulerConfig.read(json.toString());
        float[] abar = f.get(name + ".abar").toFloatArray();
        for (int i = 0; i < abar.length; i++) {
            assertThat(config.schedule().alphaBar(37 * i)).as(name).isCloseTo(abar[i], within(1e-6));
        }
        float[] t = f.get(name + ".t").toFloatArray();
        Sampler sampler = config.sampler(config.method(), t.length, eta);
        assertThat(sampler.steps()).isEqualTo(t.length);
        float[] states = f.get(name + ".z").toFloatArray();
        float[] noises = f.get(name + ".noise").toFloatArray();
        NDArray z = NoiseSchedule.script().call(s, "scale", part(states, 0), sampler.start());
        List<NDArray> earlier = new ArrayList<>();
        for (int i = 0; i < t.length; i++) {
            assertThat(sampler.times()[i]).as(name + " time " + i).isCloseTo(t[i], within(2e-3));
            NDArray prediction = standIn(z, sampler.inputScale(i), t[i]);
            NDArray next = sampler.step(s, z, prediction, i, part(noises, i), earlier);
            earlier.addFirst(sampler.clean(s, z, prediction, i));
            if (earlier.size() > sampler.memory()) {
                earlier.removeLast();
            }
            z = next;
            NDArray wanted = part(states, i + 1);
            double size = Math.max(1, Toy.difference(wanted, wanted.zerosLike()));
            assertThat(Toy.difference(z, wanted)).as(name + " step " + i).isLessThan(TOLERANCE * size);
        }
    }

    private NDArray part(float[] all, int i) {
        return s.of(Arrays.copyOfRange(all, N * i, N * i + N), 1, 2, 2, 4);
    }

    private NDArray standIn(NDArray z, double scale, double t) {
        return standIn(s, z, scale, t);
    }

    /** What the scripts have in the place of a network. */
    static NDArray standIn(Scope s, NDArray z, double scale, double t) {
        float[] values = z.toFloatArray();
        for (int j = 0; j < values.length; j++) {
            double v = values[j] / scale;
            values[j] = (float) (Math.tanh(0.7 * v + 0.3 * Math.sin(3 * v)) * (0.5 + t / 2000));
        }
        return s.of(values, z.getShape().getShape());
    }

    @Test
    void aWalkOfItsOwnIsTheSame() {
        // sample() keeps x̂₀ of earlier steps itself
        SchedulerConfig config = SchedulerConfig.read("{\"solver_order\": 3}");
        NDArray noise = Toy.gaussian(s, 5, 1, 2, 2, 4);
        for (SchedulerConfig.Method method : SchedulerConfig.Method.values()) {
            Sampler sampler = config.sampler(method, 18, 0);
            if (sampler.wantsNoise(0)) {
                continue;
            }
            NDArray z = NoiseSchedule.script().call(s, "scale", noise, sampler.start());
            List<NDArray> earlier = new ArrayList<>();
            for (int i = 0; i < sampler.steps(); i++) {
                NDArray prediction = standIn(z, sampler.inputScale(i), sampler.times()[i]);
                NDArray next = sampler.step(s, z, prediction, i, null, earlier);
                earlier.addFirst(sampler.clean(s, z, prediction, i));
                z = next;
            }
            NDArray sampled = sampler.sample(s, (scope, x, t) -> scope.keep(standIn(x, 1, t.toFloatArray()[0])), noise);
            assertThat(Toy.difference(sampled, z)).as(method.toString()).isLessThan(TOLERANCE);
        }
    }

    @Test
    void unsupportedSettingsAreNamed() {
        for (String bad : List.of(
                "\"thresholding\": true",
                "\"beta_schedule\": \"sigmoid\"",
                "\"prediction_type\": \"flow_prediction\"",
                "\"use_beta_sigmas\": true",
                "\"timestep_type\": \"continuous\"",
                "\"num_train_timesteps\": 1e12")) {
            assertThatThrownBy(() -> SchedulerConfig.read("{" + bad + "}"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(bad.split("\"")[1]);
        }
        SchedulerConfig solver = SchedulerConfig.read("{\"algorithm_type\": \"dpmsolver\"}");
        assertThatThrownBy(() -> solver.sampler(SchedulerConfig.Method.DPM_SOLVER, 5, 0))
                .hasMessageContaining("algorithm_type");
        assertThatThrownBy(() -> solver.sampler(SchedulerConfig.Method.DDIM, 2000, 0))
                .hasMessageContaining("1…1000");
        assertThat(SchedulerConfig.read("{\"_class_name\": \"PNDMScheduler\"}").method())
                .isEqualTo(SchedulerConfig.Method.DDIM);
    }
}
