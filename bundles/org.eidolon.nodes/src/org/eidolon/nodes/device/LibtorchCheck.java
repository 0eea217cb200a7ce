// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes.device;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.eidolon.torch.Gpus;
import org.eidolon.torch.Torch;
import org.osgi.service.component.annotations.Component;

/** What {@code eidolon doctor} says of libtorch: it loads the one that runs would use, and asks it for GPUs. */
@Component(service = Callable.class, property = "eidolon.doctor=libtorch")
public final class LibtorchCheck implements Callable<Map<String, String>> {
    private static final Path DRIVER = Path.of("/proc/driver/nvidia/version");

    @Override
    public Map<String, String> call() {
        Torch.Description found;
        try {
            found = Torch.describe();
        } catch (RuntimeException e) {
            return finding("error", "libtorch cannot be loaded: " + e.getMessage(), Gpus.NEEDS);
        }
        boolean cuda = found.capabilities().contains("CUDA");
        if (!cuda) {
            // with a driver there is probably a GPU that lies idle
            return finding(Files.exists(DRIVER) ? "warning" : "ok", found.toString(), Gpus.NEEDS);
        }
        try {
            Torch.device("cuda:0");
            return finding("ok", found.toString(), "");
        } catch (IllegalArgumentException e) {
            return finding("warning", found + "; " + e.getMessage(), Gpus.NEEDS);
        }
    }

    private static Map<String, String> finding(String status, String message, String advice) {
        return Map.of("status", status, "message", message, "advice", advice);
    }
}
