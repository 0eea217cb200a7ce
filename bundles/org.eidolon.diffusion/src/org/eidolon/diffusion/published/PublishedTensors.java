// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion.published;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.eidolon.torch.SafeTensors;
import org.eidolon.torch.Scope;
import org.eidolon.torch.TensorFile;

/** Tensors of one network out of a file, checked by their names and shapes before any is read. */
final class PublishedTensors {
    /** More than any file of this family has; of each, names and shapes are kept. */
    private static final int MOST = 1 << 16;

    private PublishedTensors() {}

    /** What a file declares, for those who keep it all. */
    static Collection<SafeTensors.Info> all(TensorFile in, Path file) throws IOException {
        if (in.tensors().size() > MOST) {
            throw new IOException(
                    file + ": has " + in.tensors().size() + " tensors, and no model of this family has " + MOST);
        }
        return in.tensors();
    }

    /**
     * Reads the weights of a network.
     *
     * @param what how errors call the network
     * @param expected names and shapes, all of which must be there
     * @param rename from a name in the file to one expected; null leaves a tensor out
     * @throws IOException naming file, key and expectation for what is missing, unknown or misshapen
     */
    static Map<String, NDArray> read(
            Scope scope, Path file, String what, Map<String, long[]> expected, UnaryOperator<String> rename)
            throws IOException {
        try (TensorFile in = TensorFile.open(file)) {
            Map<String, NDArray> tensors = new LinkedHashMap<>();
            for (Map.Entry<String, String> each :
                    sources(in, file, what, expected, rename).entrySet()) {
                tensors.put(each.getKey(), in.read(scope, each.getValue()));
            }
            return tensors;
        }
    }

    /** The same without reading more than the file's header. */
    static void check(Path file, String what, Map<String, long[]> expected, UnaryOperator<String> rename)
            throws IOException {
        try (TensorFile in = TensorFile.open(file)) {
            sources(in, file, what, expected, rename);
        }
    }

    private static Map<String, String> sources(
            TensorFile in, Path file, String what, Map<String, long[]> expected, UnaryOperator<String> rename)
            throws IOException {
        Map<String, String> sources = new LinkedHashMap<>();
        for (SafeTensors.Info info : in.tensors()) {
            String name = rename.apply(info.name());
            if (name != null) {
                long[] shape = expected.get(name);
                if (shape == null) {
                    throw new IOException(file + ": '" + info.name() + "' is no weight of this " + what
                            + " (its configuration asks for " + expected.size() + " others)");
                }
                if (!Arrays.equals(shape, info.shape())) {
                    throw new IOException(file + ": '" + info.name() + "' has shape " + info.dimensions()
                            + ", the configuration of this " + what + " expects " + Arrays.toString(shape));
                }
                if (sources.put(name, info.name()) != null) {
                    throw new IOException(file + ": '" + info.name() + "' stands for the weight '" + name
                            + "', which is there already");
                }
            }
        }
        for (Map.Entry<String, long[]> each : expected.entrySet()) {
            if (!sources.containsKey(each.getKey())) {
                throw new IOException(file + ": '" + each.getKey() + "' is missing, expected for this " + what
                        + " with shape " + Arrays.toString(each.getValue()));
            }
        }
        return sources;
    }
}
