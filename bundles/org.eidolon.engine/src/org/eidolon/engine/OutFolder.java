// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eidolon.api.NodeDescriptor;
import org.eidolon.api.NodeException;
import org.eidolon.api.value.Artifacts;
import org.eidolon.api.value.Values;
import org.eidolon.engine.Plan.PlanNode;

/** The folder that receives the artifacts of a run. */
final class OutFolder {
    private final Path folder;
    private final Map<String, String> owners = new HashMap<>();
    private final Map<String, List<String>> delivered = new LinkedHashMap<>();

    /** @param folder null to deliver nothing */
    OutFolder(Path folder) {
        this.folder = folder;
    }

    /** Copies the artifacts of a node's result. */
    synchronized void deliver(PlanNode node, Cache.Entry entry, Cache cache) throws IOException {
        for (NodeDescriptor.Output output : node.type().outputs()) {
            if (folder == null || output.type() != Artifacts.class) {
                continue;
            }
            Artifacts artifacts = cache.load(entry, output.name(), Values.ARTIFACTS);
            for (String name : artifacts.names()) {
                String owner = owners.putIfAbsent(name, node.id());
                if (owner != null && !owner.equals(node.id())) {
                    throw new NodeException(
                            "both '" + owner + "' and '" + node.id() + "' write " + name + " into the out folder",
                            "Give one of them another file name or folder");
                }
            }
            Files.createDirectories(folder);
            artifacts.copyTo(folder);
            delivered.computeIfAbsent(node.id(), id -> new ArrayList<>()).addAll(artifacts.names());
        }
    }

    synchronized Map<String, List<String>> delivered() {
        return new LinkedHashMap<>(delivered);
    }
}
