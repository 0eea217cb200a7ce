// SPDX-License-Identifier: EPL-2.0
package org.eidolon.encoders;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import org.eidolon.models.Model;
import org.eidolon.models.ModelException;

/** Opens ONNX Runtime sessions: one thread each, so that callers scale by calling from several threads. */
final class Onnx {
    private Onnx() {}

    static OrtEnvironment environment() {
        OrtEnvironment environment = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "eidolon");
        try {
            environment.setTelemetry(false);
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime cannot turn its telemetry off", e);
        }
        return environment;
    }

    static OrtSession open(Model model, int threads) {
        byte[] bytes = model.bytes();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            options.setDeterministicCompute(true);
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
            // Threads that spin while idle would take the cores from everybody else.
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            return environment().createSession(bytes, options);
        } catch (OrtException e) {
            throw new ModelException(
                    "weights '" + model.info().id() + "' do not open in ONNX Runtime: " + e.getMessage(), e);
        }
    }

    static IllegalStateException failed(String what, OrtException e) {
        return new IllegalStateException(what + " failed in ONNX Runtime: " + e.getMessage(), e);
    }
}
