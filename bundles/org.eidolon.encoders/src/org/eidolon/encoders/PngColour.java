// SPDX-License-Identifier: EPL-2.0
package org.eidolon.encoders;

import java.awt.color.ICC_Profile;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.DoubleUnaryOperator;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.eidolon.encoders.MatrixColour.Primaries;

/**
 * Which colours a PNG file means, which Java's decoder leaves out. Of several chunks the first of cICP, iCCP, sRGB,
 * gAMA with cHRM counts (W3C, "Portable Network Graphics", third edition, clause 4.3); code points of cICP are those of
 * ITU-T H.273.
 */
final class PngColour {
    private static final int MAX_PROFILE = 8 << 20;

    /** What 1/2.2 is in a gAMA chunk, which programs write for sRGB, and by how much others may be off and mean it. */
    private static final double USUAL_GAMMA = 0.45455;

    private static final double NEAR = 0.05;

    private PngColour() {}

    /**
     * The meaning of the samples.
     *
     * @param grey whether the pixels are grey
     * @param name of the file, for messages
     * @param warnings takes what was not understood and costs exact colours
     * @throws PhotoException for light beyond what a photo's 8 bits hold (HDR)
     */
    static Colour of(PngChunks chunks, boolean grey, String name, Consumer<String> warnings) {
        Optional<Colour> colour = chunks.get("cICP", 4).flatMap(cicp -> coded(cicp, grey, name, warnings));
        if (colour.isEmpty()) {
            colour = chunks.get("iCCP", 3).flatMap(iccp -> profile(iccp.array(), grey, name, warnings));
        }
        if (colour.isEmpty() && chunks.get("sRGB", 1).isPresent()) {
            return Colour.SRGB;
        }
        return colour.orElseGet(() -> measured(chunks, grey));
    }

    private static Optional<Colour> coded(ByteBuffer cicp, boolean grey, String name, Consumer<String> warnings) {
        int primaries = cicp.get(0) & 255;
        int transfer = cicp.get(1) & 255;
        int matrix = cicp.get(2) & 255;
        boolean full = cicp.get(3) != 0;
        if (transfer == 16 || transfer == 18) {
            throw new PhotoException(name + " holds HDR colours (" + (transfer == 16 ? "PQ" : "HLG")
                    + "), which are not read: save it with ordinary colours (sRGB)");
        }
        Primaries known = primaries(grey ? 1 : primaries);
        DoubleUnaryOperator curve = curve(transfer);
        if (known == null || curve == null || matrix != 0) {
            warnings.accept(name + " tells its colours by codes that are not known (cICP " + primaries + ", " + transfer
                    + ", " + matrix + "): they may come out a little different; to be sure save it as sRGB");
            return Optional.empty();
        }
        // Narrow range: black is 16 and white 235 of 255.
        DoubleUnaryOperator range = full ? v -> v : v -> Math.clamp((255 * v - 16) / 219, 0.0, 1.0);
        boolean same = full && transfer == 13 && known.isNear(Primaries.SRGB);
        return Optional.of(same ? Colour.SRGB : new MatrixColour(known, range.andThen(curve)));
    }

    private static Primaries primaries(int code) {
        return switch (code) {
            case 1 -> Primaries.SRGB;
            case 5 -> new Primaries(0.3127, 0.3290, 0.64, 0.33, 0.29, 0.60, 0.15, 0.06);
            case 6, 7 -> new Primaries(0.3127, 0.3290, 0.630, 0.340, 0.310, 0.595, 0.155, 0.070);
            case 9 -> new Primaries(0.3127, 0.3290, 0.708, 0.292, 0.170, 0.797, 0.131, 0.046);
            case 11 -> new Primaries(0.314, 0.351, 0.680, 0.320, 0.265, 0.690, 0.150, 0.060);
            case 12 -> new Primaries(0.3127, 0.3290, 0.680, 0.320, 0.265, 0.690, 0.150, 0.060);
            default -> null;
        };
    }

    private static DoubleUnaryOperator curve(int code) {
        return switch (code) {
            case 1, 6, 14, 15 -> v -> v < 0.081 ? v / 4.5 : Math.pow((v + 0.099) / 1.099, 1 / 0.45);
            case 4 -> v -> Math.pow(v, 2.2);
            case 5 -> v -> Math.pow(v, 2.8);
            case 8 -> v -> v;
            case 13 -> MatrixColour::decode;
            default -> null;
        };
    }

    private static Optional<Colour> profile(byte[] iccp, boolean grey, String name, Consumer<String> warnings) {
        try {
            int end = 0;
            while (end < iccp.length && iccp[end] != 0) {
                end++;
            }
            return Optional.of(IccColour.of(ICC_Profile.getInstance(inflate(iccp, end + 2)), grey));
        } catch (DataFormatException | RuntimeException e) {
            warnings.accept(PhotoReader.brokenProfile(name, e));
            return Optional.empty();
        }
    }

    private static Colour measured(PngChunks chunks, boolean grey) {
        double gamma = chunks.get("gAMA", 4).map(c -> number(c, 0)).orElse(0.0);
        Primaries primaries = grey
                ? Primaries.SRGB
                : chunks.get("cHRM", 32).map(PngColour::primaries).orElse(Primaries.SRGB);
        boolean usual = !(gamma > 0) || Math.abs(gamma / USUAL_GAMMA - 1) < NEAR;
        boolean srgb = primaries.isNear(Primaries.SRGB);
        if (usual && srgb) {
            return Colour.SRGB;
        }
        DoubleUnaryOperator curve = usual ? MatrixColour::decode : v -> Math.pow(v, 1 / gamma);
        try {
            return new MatrixColour(srgb ? Primaries.SRGB : primaries, curve);
        } catch (IllegalArgumentException e) {
            return new MatrixColour(Primaries.SRGB, curve); // numbers that are no primaries tell nothing
        }
    }

    private static Primaries primaries(ByteBuffer chrm) {
        double[] v = new double[8];
        for (int i = 0; i < 8; i++) {
            v[i] = number(chrm, 4 * i);
        }
        return new Primaries(v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7]);
    }

    private static double number(ByteBuffer chunk, int at) {
        return (chunk.getInt(at) & 0xffffffffL) / 100_000.0;
    }

    private static byte[] inflate(byte[] data, int from) throws DataFormatException {
        if (from > data.length) {
            throw new DataFormatException("it is cut off");
        }
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(data, from, data.length - from);
            byte[] out = new byte[64 << 10];
            int size = 0;
            while (!inflater.finished()) {
                if (size == out.length) {
                    if (size >= MAX_PROFILE) {
                        throw new DataFormatException("it is too large");
                    }
                    out = Arrays.copyOf(out, size * 2);
                }
                int n = inflater.inflate(out, size, out.length - size);
                if (n == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
                    throw new DataFormatException("it is cut off");
                }
                size += n;
            }
            return Arrays.copyOf(out, size);
        } finally {
            inflater.end();
        }
    }
}
