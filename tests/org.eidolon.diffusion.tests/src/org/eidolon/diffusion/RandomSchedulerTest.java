// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Configurations of diffusers' schedulers drawn at random: noise, timesteps and walks are the reference's, or what cannot be
 * done is refused by its name.
 */
class RandomSchedulerTest extends OnCpu {
    @Test
    void walksEqualTheReferenceOrSettingsAreRefused() throws Exception {
        int equal = 0, refused = 0;
        for (JsonElement each : RandomConfigs.cases("random_scheduler.json", folder)) {
            JsonObject drawn = each.getAsJsonObject();
            JsonObject json = drawn.getAsJsonObject("config");
            try {
                SchedulerConfig config = SchedulerConfig.read(json.toString());
                Sampler sampler = config.sampler(
                        config.method(),
                        drawn.get("steps").getAsInt(),
                        drawn.get("eta").getAsDouble());
                if (drawn.has("error")) {
                    // of those in whose place DDIM samples, only the noise is asked for
                    assertThat(SchedulerKinds.OWN)
                            .as("read, and the reference fails: %s", drawn)
                            .doesNotContainKey(json.get("_class_name").getAsString());
                } else {
                    same(drawn, config.schedule(), sampler);
                    equal++;
                }
            } catch (IllegalArgumentException e) {
                assertThat(json.keySet())
                        .as("%s for %s", e.getMessage(), drawn)
                        .anyMatch(key -> e.getMessage().contains("'" + key + "'")
                                || e.getMessage().matches(".*'beta_\\w+' must be there.*"));
                refused += drawn.has("error") ? 0 : 1;
            }
        }
        assertThat(equal).isGreaterThan(2 * refused);
    }

    private void same(JsonObject drawn, NoiseSchedule schedule, Sampler sampler) {
        double[] bar = numbers(drawn, "bar");
        int[] at = {0, schedule.steps() / 3, schedule.steps() - 2};
        for (int i = 0; i < 3; i++) {
            assertThat(schedule.alphaBar(at[i])).as("%s", drawn).isCloseTo(bar[i], within(1e-6));
        }
        double[] times = numbers(drawn, "times");
        assertThat(sampler.times()).as("%s", drawn).hasSameSizeAs(times);
        NDArray z = scaled(wave(0.9, 0, 0.3, 1.3), sampler.start());
        List<NDArray> earlier = new ArrayList<>();
        for (int i = 0; i < times.length; i++) {
            assertThat(sampler.times()[i]).as("time %s of %s", i, drawn).isCloseTo(times[i], within(2e-3));
            NDArray prediction = SamplerTest.standIn(s, z, sampler.inputScale(i), times[i]);
            NDArray next = sampler.step(
                    s, z, prediction, i, sampler.wantsNoise(i) ? wave(1.7, 2.3 * i, 0.5, 1.2) : null, earlier);
            earlier.addFirst(sampler.clean(s, z, prediction, i));
            if (earlier.size() > sampler.memory()) {
                earlier.removeLast();
            }
            z = next;
        }
        double[] last = numbers(drawn, "last");
        float[] is = z.toFloatArray();
        double largest = 1;
        for (double x : last) largest = Math.max(largest, Math.abs(x));
        for (int i = 0; i < last.length; i++) {
            assertThat((double) is[i]).as("number %s of %s", i, drawn).isCloseTo(last[i], within(5e-4 * largest));
        }
    }

    private NDArray scaled(NDArray z, double factor) {
        return NoiseSchedule.script().call(s, "scale", z, factor);
    }

    private NDArray wave(double step, double shift, double start, double size) {
        float[] numbers = new float[8];
        for (int k = 0; k < 8; k++) {
            numbers[k] = (float) (Math.sin(step * k + shift + start) * size);
        }
        return s.of(numbers, 1, 1, 2, 4);
    }

    private static double[] numbers(JsonObject drawn, String name) {
        return drawn.getAsJsonArray(name).asList().stream()
                .mapToDouble(JsonElement::getAsDouble)
                .toArray();
    }
}
