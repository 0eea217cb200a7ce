// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes.device;

import java.util.List;
import org.eidolon.api.Accelerator;
import org.eidolon.api.Device;
import org.eidolon.api.NodeException;
import org.eidolon.torch.Gpus;
import org.eidolon.torch.Torch;
import org.osgi.service.component.annotations.Component;

/** The GPUs of libtorch. To list them loads nothing. */
@Component(service = Accelerator.class)
public final class TorchAccelerator implements Accelerator {
    @Override
    public List<Device> devices() {
        return Gpus.expected().stream()
                .map(gpu -> new Device("cuda", gpu.index()))
                .toList();
    }

    /** Asked when the first node is to run there, so it is here that a GPU which only seems to be there is found out. */
    @Override
    public long memory(Device device) {
        try {
            Torch.device(device.toString());
        } catch (RuntimeException e) {
            throw new NodeException(
                    device + " cannot be used: " + e.getMessage(),
                    "Use --device cpu; 'eidolon doctor' says what a GPU needs",
                    e);
        }
        return Gpus.memory(device.index());
    }

    @Override
    public void evict(Device device) {
        Torch.emptyCache();
    }
}
