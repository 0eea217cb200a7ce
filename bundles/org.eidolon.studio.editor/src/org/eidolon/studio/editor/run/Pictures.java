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
import org.eclipse.core.runtime.ILog;
import org.eidolon.api.NodeDescriptor;
import org.eidolon.api.value.Artifacts;
import org.eidolon.api.value.Image;
import org.eidolon.engine.Cache;
import org.eidolon.engine.NodeTypes;
import org.eidolon.engine.Plan;
import org.eidolon.studio.editor.base.Extensions;

/** Pictures of what nodes made, read from the cache: also of those that did not run again and so showed nothing. */
record Pictures(Cache cache, NodeTypes types, PreviewStore store) {
    /**
     * By node id; a node that made nothing to look at has none.
     *
     * @param shown what nodes showed while they ran, which is kept for the next time
     * @param keys of the results that the cache holds
     */
    Map<String, Image> of(Plan plan, Map<String, Image> shown, Map<String, String> keys) {
        var pictures = new HashMap<String, Image>();
        for (Plan.PlanNode node : plan.nodes()) {
            Optional<Cache.Entry> entry =
                    Optional.ofNullable(keys.get(node.id())).flatMap(cache::find);
            Image picture = shown.get(node.id());
            if (entry.isPresent() && picture != null) {
                store.keep(entry.get().key(), picture);
            }
            entry.flatMap(e -> picture == null ? made(node.type(), e) : own(node.type(), e))
                    .ifPresent(found -> pictures.put(node.id(), found));
        }
        return pictures;
    }

    private Optional<Image> made(NodeDescriptor type, Cache.Entry entry) {
        Optional<Image> found = own(type, entry).or(() -> store.find(entry.key()));
        return found.isPresent() ? found : output(type, entry);
    }

    /** What the extension for the node type makes of its outputs. */
    private Optional<Image> own(NodeDescriptor type, Cache.Entry entry) {
        return Extensions.preview(type.id()).flatMap(preview -> {
            try {
                var outputs = new LinkedHashMap<String, Object>();
                for (NodeDescriptor.Output output : type.outputs()) {
                    outputs.put(output.name(), cache.load(entry, output.name(), types.valueType(output.type())));
                }
                return preview.of(outputs);
            } catch (IOException | RuntimeException e) {
                ILog.of(Pictures.class).warn("the preview of " + type.id() + " failed", e);
                return Optional.empty();
            }
        });
    }

    /** The first output that is a picture, or a file that is one. */
    private Optional<Image> output(NodeDescriptor type, Cache.Entry entry) {
        try {
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
            // what cannot be read is made again by the next run; until then there is nothing to see
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
