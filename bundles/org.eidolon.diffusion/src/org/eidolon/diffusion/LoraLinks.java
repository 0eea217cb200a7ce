// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Attached LoRAs as the script reads them: for each weight the number of its pair or −1; for each pair how many LoRAs it
 * is made of, and of each its number and the rows of a stacked matrix before and behind its own; down and up matrices in
 * turn; scales.
 */
record LoraLinks(long[] link, long[] joints, List<NDArray> tensors, double[] scale) {
    static final LoraLinks NONE = new LoraLinks(new long[0], new long[0], List.of(), new double[0]);

    /** Where a weight lies in a stack: the place of the stack, and how many rows are before and behind its own. */
    record Place(int slot, long before, long behind) {}

    static LoraLinks of(List<Lora.Use> loras, Merged.Slots slots, Map<Integer, Place> stacked, int weights) {
        Map<Integer, List<long[]>> joints = new LinkedHashMap<>();
        List<NDArray> tensors = new ArrayList<>();
        List<Double> scales = new ArrayList<>();
        for (Lora.Use use : loras) {
            use.lora().modules().forEach((module, adapter) -> {
                int i = slots.find(module, adapter);
                Place place = stacked.getOrDefault(i, new Place(i, 0, 0));
                joints.computeIfAbsent(place.slot, at -> new ArrayList<>())
                        .add(new long[] {scales.size(), place.before, place.behind});
                tensors.add(adapter.a());
                tensors.add(adapter.b());
                scales.add(adapter.alpha() / adapter.rank() * use.strength());
            });
        }
        long[] link = new long[weights];
        Arrays.fill(link, -1);
        List<Long> flat = new ArrayList<>();
        int pair = 0;
        for (Map.Entry<Integer, List<long[]>> each : joints.entrySet()) {
            link[each.getKey()] = pair++;
            flat.add((long) each.getValue().size());
            each.getValue().forEach(part -> Arrays.stream(part).forEach(flat::add));
        }
        return new LoraLinks(
                link,
                flat.stream().mapToLong(Long::longValue).toArray(),
                tensors,
                scales.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** How many pairs there are. */
    int pairs() {
        return (int) Arrays.stream(link).filter(p -> p >= 0).count();
    }
}
