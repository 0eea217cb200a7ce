// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.run;

import java.util.ArrayList;
import java.util.List;
import org.eidolon.api.Accelerator;
import org.eidolon.api.Device;
import org.eidolon.engine.Engines;

/** Where runs of the studio compute. */
final class Devices {
    private Devices() {}

    /** All GPUs where there are any, else the CPU: as {@code eidolon run --device auto}. */
    static List<Device> best(Engines engines) {
        var gpus = new ArrayList<Device>();
        for (Accelerator accelerator : engines.accelerators()) {
            accelerator.devices().stream().filter(Device::isGpu).forEach(gpus::add);
        }
        return gpus.isEmpty() ? List.of(Device.CPU) : gpus;
    }
}
