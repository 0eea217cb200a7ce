// SPDX-License-Identifier: EPL-2.0
package org.example.palette;

import java.util.List;
import org.eidolon.api.Node;
import org.eidolon.api.NodeLibrary;
import org.eidolon.api.ValueType;
import org.osgi.service.component.annotations.Component;

/** What this bundle adds: one node type, and the value that it gives. */
@Component
public final class PaletteLibrary implements NodeLibrary {
    @Override
    public List<Class<? extends Node<?>>> nodes() {
        return List.of(FindPalette.class);
    }

    @Override
    public List<ValueType<?>> values() {
        return List.of(ValueType.ofRecord("palette", "#c98a2b", Palette.class));
    }
}
