// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli.internal;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.eidolon.api.Device;
import org.eidolon.cli.DoctorCheck;
import org.eidolon.cli.DoctorCheck.Finding;
import org.eidolon.cli.DoctorCheck.Status;
import org.eidolon.cli.Session;
import org.eidolon.engine.Cache;

/** What the command itself can tell of the machine. */
final class MachineChecks {
    private static final int LEAST_JAVA = 21;
    private static final double GIB = 1L << 30;
    private static final double USUAL_MEMORY = 4 * GIB;
    private static final double USUAL_DISK = 2 * GIB;

    static final List<DoctorCheck> ALL = List.of(
            check("Eidolon", session -> Finding.ok(Version.text())),
            check("System", session -> system()),
            check("Java", session -> java()),
            check("Processors", session -> processors()),
            check("Memory", session -> memory()),
            check("Cache", MachineChecks::cache),
            check("Nodes", MachineChecks::nodes),
            check("Weights", session -> ModelCommands.check()),
            check("Devices", MachineChecks::devices),
            check("NVIDIA", session -> nvidia(session, Path.of("/proc/driver/nvidia/version"))));

    private MachineChecks() {}

    /** A check as a lambda. */
    private interface Look {
        Finding at(Session session) throws Exception;
    }

    private static DoctorCheck check(String name, Look look) {
        return new DoctorCheck() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Finding check(Session session) throws Exception {
                return look.at(session);
            }
        };
    }

    private static Finding system() {
        String found = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        return found.equals("Linux amd64")
                ? Finding.ok(found)
                : new Finding(Status.WARNING, found, "Linux on x86-64 is what is tested");
    }

    private static Finding java() {
        int version = Runtime.version().feature();
        String found = Runtime.version() + " in " + System.getProperty("java.home");
        return version >= LEAST_JAVA
                ? Finding.ok(found)
                : new Finding(Status.ERROR, found, "Install a Java from " + LEAST_JAVA + " on and set JAVA_HOME");
    }

    private static Finding processors() {
        int count = Runtime.getRuntime().availableProcessors();
        return count >= 2
                ? Finding.ok(String.valueOf(count))
                : new Finding(Status.WARNING, "1", "Everything works, at about half the speed of two");
    }

    private static Finding memory() throws IOException {
        long heap = Runtime.getRuntime().maxMemory();
        String found = gib(heap) + " for Java";
        double machine = total(Path.of("/proc/meminfo"));
        if (machine > 0) {
            found = gib(machine) + " in the machine, " + found + " (libtorch takes its own)";
        }
        return machine == 0 || machine >= USUAL_MEMORY
                ? Finding.ok(found)
                : new Finding(Status.WARNING, found, "Draft quality wants about 4 GiB");
    }

    /** Bytes of memory as Linux tells them; 0 where it does not. */
    private static double total(Path meminfo) throws IOException {
        if (!Files.isReadable(meminfo)) {
            return 0;
        }
        return Files.readAllLines(meminfo).stream()
                .filter(line -> line.startsWith("MemTotal:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElse(0);
    }

    private static Finding cache(Session session) throws IOException {
        Path folder = session.workingFolder().resolve(Cache.defaultFolder(session.environment()));
        Path existing = folder;
        while (!Files.exists(existing)) {
            existing = existing.getParent();
        }
        if (!Files.isWritable(existing)) {
            return new Finding(
                    Status.ERROR,
                    folder + " cannot be written",
                    "Set EIDOLON_CACHE to a folder that can be written, or name one with --cache");
        }
        FileStore store = Files.getFileStore(existing);
        String found = folder + ", " + gib(store.getUsableSpace()) + " free";
        return store.getUsableSpace() >= USUAL_DISK
                ? Finding.ok(found)
                : new Finding(Status.WARNING, found, "Make room, or set EIDOLON_CACHE to a larger disk");
    }

    private static Finding nodes(Session session) {
        int count = session.engines().types().all().size();
        return count > 0
                ? Finding.ok(count + " node types are installed")
                : new Finding(
                        Status.ERROR, "no node types are installed", "The installation is incomplete: unpack it again");
    }

    private static List<String> gpus(Session session) {
        return session.engines().accelerators().stream()
                .flatMap(accelerator -> accelerator.devices().stream())
                .filter(Device::isGpu)
                .map(Device::toString)
                .toList();
    }

    private static Finding devices(Session session) {
        List<String> gpus;
        try {
            gpus = gpus(session);
        } catch (IllegalArgumentException e) { // what is named as libtorch is none
            return new Finding(Status.ERROR, e.getMessage(), "Name another by --libtorch FOLDER or EIDOLON_LIBTORCH");
        }
        return Finding.ok(
                gpus.isEmpty()
                        ? "cpu; no GPU can be used with the libtorch that is chosen"
                        : "cpu, " + String.join(", ", gpus));
    }

    private static Finding nvidia(Session session, Path driver) throws IOException {
        if (!Files.isReadable(driver)) {
            return Finding.ok("no driver, so no NVIDIA GPU: runs go to the CPU");
        }
        String version = Files.readString(driver).lines().findFirst().orElse("").strip();
        return gpus(session).isEmpty()
                ? new Finding(
                        Status.WARNING,
                        "a driver is there, but runs go to the CPU: " + version,
                        "Name a CUDA build of libtorch by --libtorch FOLDER or EIDOLON_LIBTORCH")
                : Finding.ok(version);
    }

    private static String gib(double bytes) {
        return String.format(Locale.ROOT, "%.1f GiB", bytes / GIB);
    }
}
