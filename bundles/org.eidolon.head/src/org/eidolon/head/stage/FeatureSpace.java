// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.stage;

import ai.djl.ndarray.NDArray;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.eidolon.encoders.Identity;
import org.eidolon.encoders.IdentityEncoder;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Script;
import org.eidolon.torch.Torch;

/**
 * Where the feature maps of painted portraits lie, which is all that a starter prior has seen: their mean and principal
 * components. A photo's map lies off it (hair, clothes, grain), and a prior that is told such a map answers with noise.
 * Brought into the space, the map keeps what painted heads can have in common with the photo.
 */
public final class FeatureSpace {
    private static final Script KERNELS = Script.load(FeatureSpace.class, "features.py");
    private static final String RESOURCE = "painted-features.bin";
    private static final int MAGIC = 0x45465331; // "EFS1"
    private static final int WIDTH = IdentityEncoder.TOKENS * IdentityEncoder.TOKEN;
    private static final int MOST = 1024;

    /** Ridge in units of the mean variance: directions in which painted portraits hardly differ count little. */
    private static final double RIDGE = 0.3;

    /** Standard deviations from the mean that a component may lie. */
    private static final double REACH = 2.5;

    /** Beyond this many times the usual distance from the space nothing of that distance is kept. */
    private static final double STRANGE = 1.15;

    private final String encoderSha256;
    private final float[] mean;
    private final float[][] basis;
    private final float[] variance;
    private final float ridge;
    private final float usual;

    private FeatureSpace(
            String encoderSha256, float[] mean, float[][] basis, float[] variance, float ridge, float usual) {
        this.encoderSha256 = encoderSha256;
        this.mean = mean;
        this.basis = basis;
        this.variance = variance;
        this.ridge = ridge;
        this.usual = usual;
    }

    /** The space of the starter identity encoder's maps. */
    public static FeatureSpace starter() {
        return Starter.SPACE;
    }

    private static final class Starter {
        static final FeatureSpace SPACE = read();

        private static FeatureSpace read() {
            try (InputStream in = FeatureSpace.class.getResourceAsStream(RESOURCE)) {
                return FeatureSpace.read(in, RESOURCE);
            } catch (IOException e) {
                throw new UncheckedIOException(RESOURCE + " of the head bundle cannot be read", e);
            }
        }
    }

    /**
     * The space of some maps.
     *
     * @param maps (N, 49 · 128)
     * @param others (M, 49 · 128) further ones, which say how far from the space such maps usually lie
     * @param components principal components kept, at most N - 1
     */
    public static FeatureSpace of(Scope scope, String encoderSha256, float[] maps, float[] others, int components) {
        int n = maps.length / WIDTH;
        if (components < 1 || components >= n || components > MOST) {
            throw new IllegalArgumentException(components + " components of " + n + " feature maps");
        }
        try (Scope s = scope.child();
                var off = Torch.noGradient()) {
            List<NDArray> parts = KERNELS.callAll(s, "principal", s.of(maps, n, WIDTH), components);
            float[] flat = parts.get(1).toFloatArray(), all = parts.get(3).toFloatArray();
            float[][] basis = new float[components][];
            for (int k = 0; k < components; k++) basis[k] = Arrays.copyOfRange(flat, k * WIDTH, (k + 1) * WIDTH);
            FeatureSpace space = new FeatureSpace(
                    encoderSha256,
                    parts.get(0).toFloatArray(),
                    basis,
                    parts.get(2).toFloatArray(),
                    (float) (RIDGE * all[0]),
                    Float.MAX_VALUE);
            double[] distances = new double[others.length / WIDTH];
            for (int i = 0; i < distances.length; i++) {
                float[] map = Arrays.copyOfRange(others, i * WIDTH, (i + 1) * WIDTH);
                distances[i] = distance(map, space.inside(map));
            }
            Arrays.sort(distances);
            float usual = (float) distances[(int) (0.99 * (distances.length - 1))];
            return new FeatureSpace(encoderSha256, space.mean, basis, space.variance, space.ridge, usual);
        }
    }

    /**
     * The person with feature maps that a prior can read: unchanged as far as they are like painted portraits' already,
     * brought into the space as far as they are strange. Embeddings stay as they are. So does an identity of another
     * encoder.
     */
    public Identity settle(Identity person) {
        if (!person.encoderSha256().equals(encoderSha256)) return person;
        float[] settled = new float[person.features().length];
        for (int p = 0; p < person.photos(); p++) {
            float[] map = Arrays.copyOfRange(person.features(), p * WIDTH, (p + 1) * WIDTH);
            float[] inside = inside(map);
            double far = distance(map, inside) / usual;
            float keep = (float) Math.max(0, Math.min(1, (STRANGE - far) / (STRANGE - 1)));
            for (int i = 0; i < WIDTH; i++) settled[p * WIDTH + i] = inside[i] + keep * (map[i] - inside[i]);
        }
        return new Identity(person.encoder(), person.encoderSha256(), person.photos(), person.embedding(), settled);
    }

    /** How far a map lies from the space: below 1 for 99 in 100 painted portraits. */
    public double strangeness(float[] map) {
        return distance(map, inside(map)) / usual;
    }

    private float[] inside(float[] map) {
        float[] out = mean.clone();
        for (int k = 0; k < basis.length; k++) {
            double along = 0;
            for (int i = 0; i < WIDTH; i++) along += (double) basis[k][i] * (map[i] - mean[i]);
            double limit = REACH * Math.sqrt(variance[k]);
            float part = (float) Math.max(-limit, Math.min(limit, along * variance[k] / (variance[k] + ridge)));
            for (int i = 0; i < WIDTH; i++) out[i] += part * basis[k][i];
        }
        return out;
    }

    private static double distance(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) sum += (double) (a[i] - b[i]) * (a[i] - b[i]);
        return Math.sqrt(sum / a.length);
    }

    /** Writes the space, its arrays in half precision. */
    public void write(Path file) throws IOException {
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            out.writeInt(MAGIC);
            out.writeUTF(encoderSha256);
            out.writeInt(basis.length);
            out.writeFloat(ridge);
            out.writeFloat(usual);
            for (float v : variance) out.writeFloat(v);
            for (float v : mean) out.writeShort(Float.floatToFloat16(v));
            for (float[] row : basis) for (float v : row) out.writeShort(Float.floatToFloat16(v));
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param name for messages
     */
    public static FeatureSpace read(InputStream stream, String name) throws IOException {
        if (stream == null) throw new IOException(name + " is missing");
        DataInputStream in = new DataInputStream(new BufferedInputStream(stream));
        if (in.readInt() != MAGIC) throw new IOException(name + " is no feature space");
        String encoder = in.readUTF();
        int components = in.readInt();
        if (components < 1 || components > MOST) {
            throw new IOException(name + " is damaged: it declares " + components + " components");
        }
        float ridge = in.readFloat(), usual = in.readFloat();
        float[] variance = new float[components];
        for (int k = 0; k < components; k++) variance[k] = in.readFloat();
        float[] mean = halves(in);
        float[][] basis = new float[components][];
        for (int k = 0; k < components; k++) basis[k] = halves(in);
        return new FeatureSpace(encoder, mean, basis, variance, ridge, usual);
    }

    private static float[] halves(DataInputStream in) throws IOException {
        float[] row = new float[WIDTH];
        for (int i = 0; i < WIDTH; i++) row[i] = Float.float16ToFloat(in.readShort());
        return row;
    }
}
