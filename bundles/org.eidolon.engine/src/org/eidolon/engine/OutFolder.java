// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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
    private final Plan plan;
    private final OutLedger ledger;
    private final Map<String, String> owners = new HashMap<>();
    private final Map<String, List<String>> delivered = new LinkedHashMap<>();

    /** @param folder null to deliver nothing */
    OutFolder(Path folder, Plan plan) {
        this.folder = folder;
        this.plan = plan;
        this.ledger = folder == null ? null : OutLedger.open(folder);
    }

    /** Copies the artifacts of a node's result. */
    synchronized void deliver(PlanNode node, Cache.Entry entry, Cache cache) throws IOException {
        for (NodeDescriptor.Output output : node.type().outputs()) {
            if (folder == null || output.type() != Artifacts.class) {
                continue;
            }
            Artifacts artifacts = cache.load(entry, output.name(), Values.ARTIFACTS);
            for (String name : artifacts.names()) {
                if (OutNames.isOfTheRun(name)) {
                    throw new NodeException(
                            "its file " + name + " would overwrite what the run itself writes there",
                            "Give it another file name");
                }
                String owner = owners.putIfAbsent(name, node.id());
                if (owner != null && !owner.equals(node.id())) {
                    throw new NodeException(
                            "both '" + owner + "' and '" + node.id() + "' write " + name + " into the out folder",
                            "Give one of them another file name or folder");
                }
            }
            try {
                ledger.claim(node.id(), hashes(entry, output.name(), artifacts.names()));
                artifacts.copyTo(folder);
            } catch (IOException e) {
                throw new NodeException(
                        "its files cannot be written into the out folder: " + Faults.describe(e),
                        "Make room or allow writing there, or name another folder with --out; the result itself is "
                                + "kept in the cache",
                        e);
            }
            delivered.computeIfAbsent(node.id(), id -> new ArrayList<>()).addAll(artifacts.names());
        }
    }

    private static Map<String, String> hashes(Cache.Entry entry, String output, List<String> names) {
        var hashes = new LinkedHashMap<String, String>();
        names.forEach(name ->
                hashes.put(name, (String) entry.files().get(output + "/" + name).get("sha256")));
        return hashes;
    }

    /**
     * Copies once more what somebody has removed while the run lasted.
     *
     * @param made results by node
     * @return names of what was copied again
     */
    synchronized List<String> restore(Map<String, Cache.Entry> made, Cache cache) throws IOException {
        var again = new ArrayList<String>();
        for (PlanNode node : plan.nodes()) {
            List<String> gone = delivered.getOrDefault(node.id(), List.of()).stream()
                    .filter(name -> !Files.exists(folder.resolve(name), LinkOption.NOFOLLOW_LINKS))
                    .toList();
            if (!gone.isEmpty()) {
                delivered.remove(node.id());
                deliver(node, made.get(node.id()), cache);
                again.addAll(gone);
            }
        }
        if (!again.isEmpty()) {
            ledger.save(); // it lay in the same folder
        }
        return again;
    }

    /** After a good run: removes files of earlier runs that it did not make. Of a failed one all stays. */
    synchronized OutLedger.Tidied tidy(RunEvent.Outcome outcome) {
        if (folder == null || !Files.isDirectory(folder)) {
            return OutLedger.Tidied.NOTHING;
        }
        var names = new HashSet<String>();
        delivered.values().forEach(names::addAll);
        boolean good = outcome == RunEvent.Outcome.DONE;
        Map<String, PlanNode> nodes = plan.byId();
        return ledger.tidy(names, node -> good && (plan.whole() || nodes.containsKey(node)));
    }

    synchronized Map<String, List<String>> delivered() {
        return new LinkedHashMap<>(delivered);
    }
}
