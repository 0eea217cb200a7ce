// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli.internal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eidolon.api.Accelerator;
import org.eidolon.api.Device;
import org.eidolon.cli.CommandException;
import org.eidolon.cli.Session;

/** What --device and --libtorch ask for. */
final class DeviceOption {
    private DeviceOption() {}

    /** Has the libtorch of a folder loaded, once something loads it; null leaves the choice to the environment. */
    static void libtorch(Session session, String folder) {
        if (folder == null) {
            return;
        }
        Path path = GraphArgument.path(session, "--libtorch", folder);
        if (!Files.isDirectory(path)) {
            throw CommandException.arguments(
                    "--libtorch " + folder,
                    "there is no such folder",
                    "Name the folder that holds libtorch's lib folder");
        }
        System.setProperty("eidolon.libtorch", path.toString());
    }

    /** The devices: all GPUs for auto where there are any, else the CPU. */
    static List<Device> choose(Session session, String wanted) {
        if (wanted.equals("cpu")) {
            return List.of(Device.CPU);
        }
        List<Device> gpus = gpus(session);
        if (wanted.equals("auto")) {
            return gpus.isEmpty() ? List.of(Device.CPU) : gpus;
        }
        Device device;
        try {
            device = Device.of(wanted);
        } catch (IllegalArgumentException e) {
            throw CommandException.arguments("--device", "'" + wanted + "' is not a device", "Use auto, cpu or cuda:0");
        }
        if (!gpus.contains(device)) {
            String there = Stream.concat(Stream.of(Device.CPU), gpus.stream())
                    .map(Device::toString)
                    .collect(Collectors.joining(", "));
            throw CommandException.arguments(
                    "--device",
                    "there is no device " + device + " that can be used",
                    "There is " + there + "; 'eidolon doctor' says what a GPU needs");
        }
        return List.of(device);
    }

    private static List<Device> gpus(Session session) {
        var gpus = new ArrayList<Device>();
        for (Accelerator accelerator : session.engines().accelerators()) {
            try {
                accelerator.devices().stream().filter(Device::isGpu).forEach(gpus::add);
            } catch (IllegalArgumentException e) { // what is named as libtorch is none
                throw CommandException.arguments(
                        "--libtorch", e.getMessage(), "'eidolon doctor' says what a GPU needs");
            }
        }
        return gpus;
    }
}
