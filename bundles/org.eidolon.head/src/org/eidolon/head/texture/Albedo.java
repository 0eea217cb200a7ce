// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.texture;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eidolon.mesh.Box;
import org.eidolon.torch.SafeTensors;
import org.eidolon.torch.SafeTensorsWriter;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;

/**
 * An albedo field off the device: what the texture stage hands to whoever bakes it, now or later, into meshes that may
 * have been decimated meanwhile.
 *
 * @param box of head space that the field covers
 * @param expressions how many it knows
 * @param values numbers of each tensor by name
 * @param shapes sizes of each tensor by name
 */
public record Albedo(Box box, int expressions, Map<String, float[]> values, Map<String, long[]> shapes) {
    private static final String KEY = "eidolon.albedo";

    public Albedo {
        values = Map.copyOf(values);
        shapes = Map.copyOf(shapes);
    }

    /** Writes a safetensors file in half precision, which is finer than a texture's bytes. */
    public void save(Path file) throws IOException {
        try (Scope scope = Scope.open(Torch.device("cpu"))) {
            Map<String, NDArray> all = new LinkedHashMap<>();
            values.keySet().stream().sorted().forEach(n -> all.put(n, scope.of(values.get(n), shapes.get(n))));
            String about = expressions + " " + box.minX() + " " + box.minY() + " " + box.minZ() + " " + box.maxX() + " "
                    + box.maxY() + " " + box.maxZ();
            SafeTensorsWriter.HALF.write(file, all, Map.of(KEY, about));
        }
    }

    /** @throws IOException if the file is none that {@link #save} wrote */
    public static Albedo load(Path file) throws IOException {
        try (SafeTensors in = SafeTensors.open(file)) {
            String about = in.metadata().get(KEY);
            if (about == null) throw new IOException(file + " holds no albedo: its header has no '" + KEY + "' entry");
            String[] words = about.split(" ");
            try {
                float[] n = new float[6];
                for (int i = 0; i < 6; i++) n[i] = Float.parseFloat(words[i + 1]);
                Map<String, float[]> values = new LinkedHashMap<>();
                Map<String, long[]> shapes = new LinkedHashMap<>();
                for (SafeTensors.Info info : in.tensors()) {
                    values.put(info.name(), in.floats(info.name()));
                    shapes.put(
                            info.name(),
                            info.dimensions().stream()
                                    .mapToLong(Long::longValue)
                                    .toArray());
                }
                return new Albedo(
                        new Box(n[0], n[1], n[2], n[3], n[4], n[5]), Integer.parseInt(words[0]), values, shapes);
            } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
                throw new IOException(file + " has a damaged '" + KEY + "' entry: " + about, e);
            }
        }
    }
}
