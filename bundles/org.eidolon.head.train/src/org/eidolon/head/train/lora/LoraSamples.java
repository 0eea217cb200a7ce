// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.train.lora;

import java.util.List;
import org.eidolon.torch.Scope;

/** Pictures that a LoRA learns from, and what is told of each. */
interface LoraSamples extends AutoCloseable {
    /**
     * What is told of a picture.
     *
     * @param key names its pixels, whatever else changes
     * @param caption in words
     * @param identity who it is, a vector of unit length, or null where nobody is told
     * @param expression code of what is worn, or null
     */
    record Told(String key, String caption, float[] identity, float[] expression) {}

    /** In their order. */
    List<Told> told();

    /** Pixels (1, 3, R, R) in −1…1. */
    float[] pixels(Scope scope, int index);

    /** Length of identities, 0 where none are told. */
    int identityWidth();

    /** Length of expressions' codes, 0 where none are told. */
    int expressionWidth();

    /** What tells identities, for the file's notes; empty where nothing does. */
    String encoder();

    @Override
    void close();
}
