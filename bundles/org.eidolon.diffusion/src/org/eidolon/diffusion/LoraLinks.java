// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Attached LoRAs as the script reads them: for each weight the first adapter or −1, for each adapter the next one on
 * the same weight or −1, down and up matrices in turn, scales.
 */
record LoraLinks(long[] link, long[] chain, List<NDArray> tensors, double[] scale) {
    static final LoraLinks NONE = new LoraLinks(new long[0], new long[0], List.of(), new double[0]);

    static LoraLinks of(List<Lora.Use> loras, Merged.Slots slots, int weights) {
        long[] link = new long[weights];
        Arrays.fill(link, -1);
        List<Long> chain = new ArrayList<>();
        List<NDArray> tensors = new ArrayList<>();
        List<Double> scales = new ArrayList<>();
        for (Lora.Use use : loras) {
            use.lora().modules().forEach((module, adapter) -> {
                int i = slots.find(module, adapter);
                chain.add(link[i]);
                link[i] = scales.size();
                tensors.add(adapter.a());
                tensors.add(adapter.b());
                scales.add(adapter.alpha() / adapter.rank() * use.strength());
            });
        }
        return new LoraLinks(
                link,
                chain.stream().mapToLong(Long::longValue).toArray(),
                tensors,
                scales.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
