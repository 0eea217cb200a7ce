// SPDX-License-Identifier: EPL-2.0
package org.eidolon.torch;

import ai.djl.pytorch.engine.PtEngineProvider;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Decides which libtorch is loaded and tells DJL, which asks environment variables first and then system properties of
 * the same names. In this order: a folder that the user names (system property {@value #FOLDER_PROPERTY}, environment
 * {@value #FOLDER_VARIABLE}, or DJL's own {@value #DJL_PATH}), the CPU build's folder in the product (system property
 * {@value #CPU_PROPERTY}), the CPU build on the class path.
 */
final class Libtorch {
    static final String FOLDER_PROPERTY = "eidolon.libtorch";
    static final String FOLDER_VARIABLE = "EIDOLON_LIBTORCH";
    static final String CPU_PROPERTY = "eidolon.libtorch.cpu";
    static final String DJL_PATH = "PYTORCH_LIBRARY_PATH";
    /** The version that DJL's own JNI library was built for; another needs a JNI library of its own. */
    static final String BUNDLED_VERSION = "2.7.1";

    private static final String LIBRARY = System.mapLibraryName("torch");
    private static final String JNI = System.mapLibraryName("djl_torch");
    private static final Pattern VERSION = Pattern.compile("(\\d+\\.\\d+\\.\\d+)(?:\\+(cpu|cu\\d+))?");

    /** What was found in a folder: the folder of the library files, their version and flavour (cpu, cu130, …). */
    record Found(Path folder, String version, String flavor) {}

    private static volatile String chosen = "the CPU build on the class path";

    private Libtorch() {}

    /** Sets the system properties that DJL reads; before the engine's classes are first used. */
    static void configure() {
        System.setProperty("OPT_OUT_TRACKING", "true");
        if (System.getProperty("ai.djl.offline") == null) {
            System.setProperty("ai.djl.offline", "true"); // or it would fetch libraries by itself
        }
        String threads = first(System.getProperty("eidolon.threads"), System.getenv("EIDOLON_THREADS"));
        if (threads != null) {
            System.setProperty("ai.djl.pytorch.num_threads", threads);
        }
        String folder = first(System.getProperty(FOLDER_PROPERTY), System.getenv(FOLDER_VARIABLE));
        String environment = first(System.getenv(DJL_PATH), System.getProperty(DJL_PATH));
        if (folder == null && environment == null) {
            String cpu = System.getProperty(CPU_PROPERTY);
            if (cpu != null) {
                use(new Found(find(Path.of(cpu)), BUNDLED_VERSION, "cpu"));
            }
            return;
        }
        if (folder != null && System.getenv(DJL_PATH) != null && !folder.equals(environment)) {
            throw new IllegalArgumentException("two libtorch folders are given: " + folder + ", and " + environment
                    + " by the environment variable " + DJL_PATH + "; unset one");
        }
        use(inspect(Path.of(folder != null ? folder : environment)));
    }

    /** The folder that is named, or was chosen at start; null where the CPU build is taken. */
    static Path named() {
        String own = first(System.getProperty(FOLDER_PROPERTY), System.getenv(FOLDER_VARIABLE));
        String folder = first(own, first(System.getenv(DJL_PATH), System.getProperty(DJL_PATH)));
        return folder == null ? null : Path.of(folder);
    }

    private static void use(Found found) {
        chosen = found.folder().toString();
        System.setProperty(DJL_PATH, chosen);
        setUnlessGiven("PYTORCH_VERSION", found.version());
        setUnlessGiven("PYTORCH_FLAVOR", found.flavor());
    }

    private static void setUnlessGiven(String name, String value) {
        if (first(System.getenv(name), System.getProperty(name)) == null) {
            System.setProperty(name, value);
        }
    }

    /** Reads what a folder holds: a libtorch, a Python torch package, or the lib folder of either. */
    static Found inspect(Path folder) {
        Path lib = find(folder);
        String text = "";
        for (String name : List.of("build-version", "version.py")) {
            for (Path place : List.of(lib, lib.resolveSibling(name).getParent())) {
                if (text.isEmpty() && Files.isRegularFile(place.resolve(name))) {
                    try {
                        text = Files.readString(place.resolve(name));
                    } catch (IOException e) {
                        text = "";
                    }
                }
            }
        }
        Matcher matcher = VERSION.matcher(text);
        boolean known = matcher.find();
        String version = known ? matcher.group(1) : BUNDLED_VERSION;
        boolean cuda = Files.exists(lib.resolve(System.mapLibraryName("torch_cuda")));
        String flavor = !cuda ? "cpu" : known && matcher.group(2) != null ? matcher.group(2) : "cu128";
        if (cuda && version.equals(BUNDLED_VERSION)) {
            flavor = "cu128"; // the JNI library for this version comes in this flavour, and fits the others
        }
        return new Found(lib, version, flavor);
    }

    private static Path find(Path folder) {
        Path absolute = folder.toAbsolutePath().normalize();
        for (Path place : List.of(absolute, absolute.resolve("lib"), absolute.resolve("torch/lib"))) {
            if (Files.exists(place.resolve(LIBRARY))) {
                return place;
            }
        }
        throw new IllegalArgumentException("no " + LIBRARY + " in " + absolute
                + " nor in its lib folder; give the folder of a libtorch, or of an installed Python torch package");
    }

    /** The class loader that sees DJL and what stands beside it. */
    static ClassLoader loader() {
        return PtEngineProvider.class.getClassLoader();
    }

    static boolean mayHaveCuda() {
        return JniUtils.getFeatures().contains("CUDA");
    }

    static String chosen() {
        return chosen;
    }

    /** Models of the GPUs that the driver lists; empty where there is none, or no NVIDIA driver. */
    static List<String> gpuModels() {
        Path driver = Path.of("/proc/driver/nvidia/gpus");
        if (!Files.isDirectory(driver)) {
            return List.of();
        }
        try (Stream<Path> gpus = Files.list(driver)) {
            return gpus.sorted().map(Libtorch::model).toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static String model(Path gpu) {
        try (Stream<String> lines = Files.lines(gpu.resolve("information"))) {
            return lines.filter(line -> line.startsWith("Model:"))
                    .map(line -> line.substring(6).strip())
                    .findFirst()
                    .orElse("unknown GPU");
        } catch (IOException | RuntimeException e) {
            return "unknown GPU";
        }
    }

    /** What to do about a failed start. */
    static String advice(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String start = "the tensor engine did not start with " + chosen + ": " + root.getMessage();
        String version = System.getProperty("PYTORCH_VERSION", BUNDLED_VERSION);
        if (!version.equals(BUNDLED_VERSION) && !Files.exists(Path.of(chosen).resolve(JNI))) {
            return start + "\nThis folder holds libtorch " + version
                    + ", and the JNI library that comes with Eidolon fits "
                    + BUNDLED_VERSION + " only. Use a libtorch " + BUNDLED_VERSION + " for CUDA, or put a " + JNI
                    + " built for " + version + " from DJL 0.35.1's sources into the folder.";
        }
        return start + "\nWithout --libtorch, EIDOLON_LIBTORCH and PYTORCH_LIBRARY_PATH the CPU build is used; "
                + "\"eidolon doctor\" shows what is found.";
    }

    private static String first(String a, String b) {
        return a != null && !a.isBlank() ? a : b != null && !b.isBlank() ? b : null;
    }
}
