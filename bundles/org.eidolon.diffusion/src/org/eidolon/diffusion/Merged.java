// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import ai.djl.ndarray.NDArray;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;

/** LoRAs that were added into a network's weights; close to put the originals back, exactly. */
public final class Merged implements AutoCloseable {
    private final List<NDArray> current;
    private final Map<Integer, NDArray> originals = new HashMap<>();

    private Merged(List<NDArray> current) {
        this.current = current;
    }

    /** Where a module's weight is; refuses a module that the network lacks or whose shape is another. */
    interface Slots {
        int find(String module, Lora.Adapter adapter);
    }

    /** Replaces weights in the list by sums, made in the scope. Nothing is replaced when a module does not fit. */
    static Merged into(List<NDArray> current, Scope scope, List<Lora.Use> loras, Slots slots) {
        loras.forEach(use -> use.lora().modules().forEach(slots::find));
        Merged merged = new Merged(current);
        try (var off = Torch.noGradient()) {
            for (Lora.Use use : loras) {
                use.lora().modules().forEach((module, adapter) -> {
                    int i = slots.find(module, adapter);
                    NDArray before = current.get(i);
                    NDArray after = UNet.kernels()
                            .call(
                                    scope,
                                    "merged",
                                    before,
                                    adapter.a(),
                                    adapter.b(),
                                    adapter.alpha() / adapter.rank() * use.strength());
                    if (merged.originals.putIfAbsent(i, before) != null) {
                        before.close();
                    }
                    current.set(i, after);
                });
            }
        }
        return merged;
    }

    @Override
    public void close() {
        originals.forEach((i, tensor) -> current.set(i, tensor).close());
        originals.clear();
    }
}
