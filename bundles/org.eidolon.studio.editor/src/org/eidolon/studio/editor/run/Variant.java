// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.run;

import java.nio.file.Path;
import java.util.List;
import org.eidolon.engine.Sweep;
import org.eidolon.engine.worker.WorkerRequest;

/**
 * What the run of a sweep sets over what its graph holds, as {@code --set} does, and where its results go.
 *
 * @param target the parameter as {@code node.parameter}; {@code seed} for that of the run
 * @param out folder of this run; the one above it is that of the sweep
 */
public record Variant(String target, String value, Path out) {
    boolean isOfSeed() {
        return target.equals(Sweep.SEED.name());
    }

    /** A run with this value. */
    WorkerRequest in(WorkerRequest request) {
        return isOfSeed() ? request.seed(value) : request.set(target, value);
    }

    /** Such as {@code steps = 40}. */
    public String words() {
        return new Sweep(target, List.of()).name() + " = " + value.replaceAll("\\s+", " ");
    }
}
