// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eidolon.api.NodeDescriptor;
import org.eidolon.api.value.Artifacts;
import org.eidolon.api.value.Image;
import org.eidolon.engine.Cache;
import org.eidolon.engine.NodeTypes;
import org.eidolon.engine.Plan;
import org.eidolon.engine.RunResult;
import org.eidolon.studio.editor.extend.Extensions;
import org.eidolon.studio.editor.extend.NodePreview;

/** Pictures of what nodes made, read from the cache: also of those that did not run again and so showed nothing. */
final class Pictures {
    private Pictures() {}

    /** By node id; a node that made nothing to look at has none. */
    static Map<String, Image> of(Plan plan, RunResult result, Cache cache, NodeTypes types) {
        var pictures = new HashMap<String, Image>();
        for (Plan.PlanNode node : plan.nodes()) {
            result.entry(node.id())
                    .flatMap(entry -> of(node.type(), entry, cache, types))
                    .ifPresent(picture -> pictures.put(node.id(), picture));
        }
        return pictures;
    }

    private static Optional<Image> of(NodeDescriptor type, Cache.Entry entry, Cache cache, NodeTypes types) {
        try {
            Optional<NodePreview> own = Extensions.preview(type.id());
            if (own.isPresent()) {
                var outputs = new LinkedHashMap<String, Object>();
                for (NodeDescriptor.Output output : type.outputs()) {
                    outputs.put(output.name(), cache.load(entry, output.name(), types.valueType(output.type())));
                }
                return own.get().of(outputs);
            }
            for (NodeDescriptor.Output output : type.outputs()) {
                if (output.type() == Image.class) {
                    return Optional.of(cache.load(entry, output.name(), types.valueType(Image.class)));
                }
                if (output.type() == Artifacts.class) {
                    var made = cache.load(entry, output.name(), types.valueType(Artifacts.class));
                    return picture(made.folder());
                }
            }
        } catch (IOException | RuntimeException e) {
            // a preview is worth no more than a glance: what cannot be shown is not
        }
        return Optional.empty();
    }

    private static Optional<Image> picture(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            Optional<Path> png = files.filter(file -> file.toString().endsWith(".png"))
                    .sorted()
                    .findFirst();
            return png.isPresent() ? Optional.of(Image.readPicture(png.get())) : Optional.empty();
        }
    }
}
