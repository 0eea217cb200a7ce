// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine.example;

import java.util.List;
import org.eidolon.api.Migration;
import org.eidolon.api.Node;
import org.eidolon.api.NodeLibrary;
import org.eidolon.api.ValueType;
import org.osgi.service.component.annotations.Component;

/** The node types and values of this bundle. */
@Component
public final class ExampleLibrary implements NodeLibrary {
    /** Sixty-eight points on a face, in pixels, x and y in turn. */
    public record Landmarks(float[] points, String detector) {}

    @Override
    public List<Class<? extends Node<?>>> nodes() {
        return List.of(SoftenImage.class);
    }

    @Override
    public List<ValueType<?>> values() {
        return List.of(ValueType.ofRecord("landmarks", "#4f9da6", Landmarks.class));
    }

    @Override
    public List<Migration> migrations() {
        // example.blur@1 called its radius "size"; example.soften took its place.
        return List.of(new Migration(
                "example.blur",
                1,
                stored -> stored.withType("example.soften", 1).renamed("size", "radius")));
    }
}
