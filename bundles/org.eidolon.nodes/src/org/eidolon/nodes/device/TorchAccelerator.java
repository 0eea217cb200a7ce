// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes.device;

import java.util.List;
import org.eidolon.api.Accelerator;
import org.eidolon.api.Device;
import org.eidolon.torch.Gpus;
import org.eidolon.torch.Torch;
import org.osgi.service.component.annotations.Component;

/** The GPUs of libtorch. To list them loads nothing. */
@Component(service = Accelerator.class)
public final class TorchAccelerator implements Accelerator {
    @Override
    public List<Device> devices() {
        return Gpus.expected().stream().map(gpu -> new Device("cuda", gpu.index())).toList();
    }

    @Override
    public long memory(Device device) {
        return Gpus.memory(device.index());
    }

    @Override
    public void evict(Device device) {
        Torch.emptyCache();
    }
}
