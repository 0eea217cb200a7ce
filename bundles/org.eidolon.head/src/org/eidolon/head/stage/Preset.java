// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.stage;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How much work a stage spends; each stage's settings have values for all of them. */
public enum Preset {
    DRAFT,
    STANDARD,
    HIGH;

    /**
     * A preset by name.
     *
     * @throws IllegalArgumentException unless it is draft, standard or high
     */
    public static Preset of(String name) {
        for (Preset preset : values()) if (preset.toString().equals(name)) return preset;
        throw new IllegalArgumentException("quality \"" + name + "\" is none of "
                + Arrays.stream(values()).map(Preset::toString).collect(Collectors.joining(", ")));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
