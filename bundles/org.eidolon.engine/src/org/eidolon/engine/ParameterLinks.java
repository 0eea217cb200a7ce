// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import java.nio.file.Path;
import java.util.List;
import org.eidolon.api.Parameter;
import org.eidolon.api.value.Choice;
import org.eidolon.api.value.FilePath;
import org.eidolon.api.value.Plain;
import org.eidolon.api.value.Scalar;
import org.eidolon.api.value.Seed;
import org.eidolon.api.value.Text;

/** Which values may be linked to a parameter. */
public final class ParameterLinks {
    private ParameterLinks() {}

    /** The classes of values that a parameter takes by a link, the most fitting first. */
    public static List<Class<?>> accepted(Parameter parameter) {
        Class<?> type = parameter.type();
        if (type == long.class) {
            return List.of(Seed.class, Scalar.class);
        }
        if (type == int.class || type == double.class) {
            return List.of(Scalar.class);
        }
        if (type == Path.class) {
            return List.of(FilePath.class);
        }
        if (type == boolean.class) {
            return List.of(Choice.class, Text.class);
        }
        return type.isEnum() ? List.of(Choice.class, Text.class) : List.of(Text.class, Choice.class);
    }

    /** @throws IllegalArgumentException when the value is out of the parameter's range or choices */
    static Object value(Parameter parameter, Object linked) {
        return parameter.parse(((Plain) linked).plain());
    }
}
