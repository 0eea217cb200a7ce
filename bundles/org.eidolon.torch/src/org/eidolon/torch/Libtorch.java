// SPDX-License-Identifier: EPL-2.0
package org.eidolon.torch;

import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.engine.PtEngineProvider;

/** Decides which libtorch is loaded and tells DJL. */
final class Libtorch {
    private Libtorch() {}

    static void configure() {
        System.setProperty("OPT_OUT_TRACKING", "true");
        if (System.getProperty("ai.djl.offline") == null) {
            System.setProperty("ai.djl.offline", "true");
        }
    }

    static ClassLoader loader() {
        return PtEngineProvider.class.getClassLoader();
    }

    static boolean mayHaveCuda() {
        return JniUtils.getFeatures().contains("CUDA");
    }

    static String advice(Throwable failure) {
        return "the tensor engine did not start: " + failure.getMessage();
    }
}
