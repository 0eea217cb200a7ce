// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.bench;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.eidolon.torch.Scope;
import picocli.CommandLine.Mixin;

/** A command that runs the stages on people of a head model: one JSON object on standard output. */
abstract class StageBench implements Callable<Integer> {
    @Mixin
    StageOptions common;

    /** What there is to measure. */
    @FunctionalInterface
    interface Measurement {
        JsonObject run(Scope scope) throws IOException;
    }

    /**
     * Reads the options.
     *
     * @param quality settled for the device
     * @throws IllegalArgumentException if a value is out of range
     */
    abstract Measurement measurement(String quality);

    @Override
    public final Integer call() throws IOException {
        try (Scope scope = Scope.open(common.device())) {
            System.out.println(checked(common.quality(scope.device())).run(scope));
        } catch (BadInput e) {
            throw common.wrong(e.getMessage());
        }
        return 0;
    }

    private Measurement checked(String quality) {
        try {
            return measurement(quality);
        } catch (IllegalArgumentException e) {
            throw common.wrong(e.getMessage());
        }
    }
}
