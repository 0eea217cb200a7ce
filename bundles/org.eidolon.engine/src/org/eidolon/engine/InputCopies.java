// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eidolon.api.Hashes;
import org.eidolon.api.NodeException;
import org.eidolon.api.PrivateFiles;
import org.eidolon.engine.Plan.PlanNode;

/**
 * The user's files as a node reads them: copies that have the bytes by which they count in the content key. A file that
 * was replaced after it was hashed would else be cached as the result of another one.
 */
final class InputCopies implements Closeable {
    private final PlanNode node;
    private final Path folder;
    private final Map<String, Object> parameters;

    private InputCopies(PlanNode node, Path folder) {
        this.node = node;
        this.folder = folder;
        this.parameters = new LinkedHashMap<>(node.parameters());
    }

    /** @throws NodeException where a file is no longer what was planned with */
    static InputCopies of(Cache cache, PlanNode node) throws IOException {
        var copies = new InputCopies(node, cache.stagingName());
        try {
            for (var file : node.files().entrySet()) {
                copies.take(file.getKey(), file.getValue());
            }
        } catch (IOException | RuntimeException e) {
            copies.close();
            throw e;
        }
        return copies;
    }

    private void take(String parameter, String sha256) throws IOException {
        Path file = (Path) node.parameters().get(parameter);
        // under its own name, by which a node may tell what it is
        Path copy = folder.resolve(parameter).resolve(file.toAbsolutePath().getFileName());
        PrivateFiles.createFolders(copy.getParent());
        try {
            if (Files.isDirectory(file)) {
                for (String name : Hashes.files(file)) {
                    Path to = copy.resolve(name);
                    PrivateFiles.createFolders(to.getParent());
                    Files.copy(file.resolve(name), to);
                }
            } else {
                Files.copy(file, copy);
            }
        } catch (java.nio.file.NoSuchFileException e) {
            throw new NodeException(
                    "the file '" + file + "' was removed while the run lasted", "Run the graph again", e);
        }
        if (!Hashes.ofFile(copy).equals(sha256)) {
            throw new NodeException("the file '" + file + "' was changed while the run lasted", "Run the graph again");
        }
        parameters.put(parameter, copy);
    }

    /** The parameters of the node, with the copies in place of the files. */
    Map<String, Object> parameters() {
        return parameters;
    }

    /** What a node said, with the user's files in place of the copies. */
    NodeException named(NodeException e) {
        String message = named(e.getMessage());
        String advice = named(e.advice());
        return message.equals(e.getMessage()) ? e : new NodeException(message, advice, e);
    }

    private String named(String text) {
        String result = text == null ? "" : text;
        for (String parameter : node.files().keySet()) {
            result = result.replace(
                    parameters.get(parameter).toString(),
                    node.parameters().get(parameter).toString());
        }
        return result;
    }

    @Override
    public void close() throws IOException {
        Hashes.deleteTree(folder);
    }
}
