// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.train.lora;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.eidolon.encoders.ArcFace;
import org.eidolon.encoders.FaceChoice;
import org.eidolon.encoders.Photo;
import org.eidolon.encoders.PhotoException;
import org.eidolon.encoders.PortraitReader;
import org.eidolon.models.Models;
import org.eidolon.torch.Scope;

/**
 * A folder of images. Captions stand in {@code NAME.txt} beside each, or all in {@code metadata.jsonl}: lines with
 * {@code file_name}, {@code text} and, where wanted, {@code identity} (a name) and {@code embedding} (512 numbers).
 * Without a name an identity is the subfolder.
 */
final class ImageFolder implements LoraSamples {
    private static final String METADATA = "metadata.jsonl";
    private static final int MAX_LINE = 1 << 20;
    private static final int MAX_CAPTION = 1 << 16;

    /** An image and what stands beside it. */
    private record Item(Path file, String caption, String identity, float[] embedding) {}

    private final Path folder;
    private final int resolution;
    private final List<Item> items;
    private final List<Told> told = new ArrayList<>();
    private final String encoder;

    /**
     * @param arcface id of an added ArcFace that reads identities from the images, or null
     * @param caption of images that have none, or null
     * @throws IOException naming what is missing or broken
     */
    ImageFolder(Path folder, int resolution, String caption, boolean adapters, String arcface, Models models)
            throws IOException {
        this.folder = folder;
        this.resolution = resolution;
        if (!Files.isDirectory(folder)) {
            throw new IOException(folder + " is no folder: --data wants one with images and captions");
        }
        Path metadata = folder.resolve(METADATA);
        items = Files.isRegularFile(metadata) ? listed(metadata) : found();
        if (items.isEmpty()) {
            throw new IOException(folder + " holds no images (.png, .jpg, .jpeg), nor " + METADATA);
        }
        List<Path> bare = items.stream()
                .filter(i -> i.caption == null && caption == null)
                .map(Item::file)
                .toList();
        if (!bare.isEmpty()) {
            throw new IOException(bare.getFirst()
                    + (bare.size() > 1 ? " and " + (bare.size() - 1) + " more have" : " has")
                    + " no caption: write one into " + beside(bare.getFirst()).getFileName()
                    + " beside it, or give one for all of them by --caption");
        }
        Map<String, float[]> identities = adapters ? identities(arcface, models) : Map.of();
        encoder = identities.isEmpty() ? "" : arcface == null ? "given" : arcface;
        for (Item item : items) {
            told.add(new Told(
                    key(item.file),
                    item.caption == null ? caption : item.caption,
                    identities.isEmpty() ? null : identities.get(item.identity),
                    null));
        }
    }

    private static Path beside(Path image) {
        String name = image.getFileName().toString();
        return image.resolveSibling(name.substring(0, name.lastIndexOf('.')) + ".txt");
    }

    private static boolean image(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return !name.startsWith(".") && (name.endsWith(".png") || name.endsWith(".jpg") || name.endsWith(".jpeg"));
    }

    private List<Item> found() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder, 8)) {
            files = all.filter(f -> image(f) && Files.isRegularFile(f)).sorted().toList();
        }
        List<Item> found = new ArrayList<>();
        for (Path file : files) {
            Path text = beside(file);
            found.add(new Item(file, Files.isRegularFile(text) ? caption(text) : null, person(file), null));
        }
        return found;
    }

    private static String caption(Path file) throws IOException {
        if (Files.size(file) > MAX_CAPTION) {
            throw new IOException(file + " has more than " + MAX_CAPTION + " bytes, which no caption does");
        }
        try {
            return Files.readString(file).strip();
        } catch (MalformedInputException e) {
            throw new IOException(file + " is no text in UTF-8", e);
        }
    }

    /** The subfolder's name; in the folder itself everybody is somebody else. */
    private String person(Path file) {
        Path inside = folder.relativize(file);
        return inside.getNameCount() > 1 ? inside.getName(0).toString() : "/" + inside;
    }

    private List<Item> listed(Path metadata) throws IOException {
        List<Item> listed = new ArrayList<>();
        try (BufferedReader reader = Files.newBufferedReader(metadata)) {
            int number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (!line.isBlank()) listed.add(listed(metadata + ", line " + number, line));
            }
        } catch (MalformedInputException e) {
            throw new IOException(metadata + " is no text in UTF-8", e);
        }
        return listed;
    }

    private Item listed(String where, String line) throws IOException {
        try {
            if (line.length() > MAX_LINE) throw new IOException(where + " is longer than " + MAX_LINE + " characters");
            JsonObject object = JsonParser.parseString(line).getAsJsonObject();
            if (!object.has("file_name")) throw new IOException(where + ": 'file_name' is missing");
            Path file = folder.resolve(object.get("file_name").getAsString()).normalize();
            if (!file.startsWith(folder.normalize()) || !Files.isRegularFile(file)) {
                throw new IOException(
                        where + ": there is no file '" + object.get("file_name").getAsString() + "' in " + folder);
            }
            JsonElement text = object.get("text");
            JsonElement identity = object.get("identity");
            JsonElement numbers = object.get("embedding");
            float[] embedding = null;
            if (numbers != null) {
                embedding = new float[numbers.getAsJsonArray().size()];
                for (int i = 0; i < embedding.length; i++) {
                    embedding[i] = numbers.getAsJsonArray().get(i).getAsFloat();
                }
            }
            return new Item(
                    file,
                    text == null ? null : text.getAsString(),
                    identity == null ? person(file) : identity.getAsString(),
                    embedding);
        } catch (JsonParseException | IllegalStateException | UnsupportedOperationException | NumberFormatException e) {
            throw new IOException(
                    where + " is not what it should be (an object of file_name, text, identity, embedding): "
                            + e.getMessage(),
                    e);
        }
    }

    /** By name, the mean of what is known of each person's images, of unit length. */
    private Map<String, float[]> identities(String arcface, Models models) throws IOException {
        boolean given = items.stream().anyMatch(i -> i.embedding != null);
        if (!given && arcface == null) {
            throw new IOException(
                    "nothing tells identities: add an ArcFace (eidolon models add arcface FILE.onnx) and give"
                            + " --arcface arcface, or write 'embedding' into " + METADATA
                            + ", or leave --adapters out");
        }
        Map<String, float[]> sums = new LinkedHashMap<>();
        if (given) {
            for (Item item : items) {
                if (item.embedding != null) add(sums, item, item.embedding);
            }
        } else {
            try (ArcFace network = ArcFace.open(models.get(arcface));
                    PortraitReader reader = PortraitReader.open(models)) {
                for (Item item : items) {
                    Photo face = reader.read(
                                    photo(item.file),
                                    item.file.toString(),
                                    FaceChoice.LARGEST,
                                    PortraitReader.Limits.DEFAULT)
                            .aligned();
                    add(sums, item, network.encode(face));
                }
            } catch (PhotoException e) {
                throw new IOException(e.getMessage(), e);
            }
        }
        for (Item item : items) {
            if (!sums.containsKey(item.identity)) {
                throw new IOException("no image of '" + item.identity + "' has an 'embedding' in " + METADATA);
            }
        }
        sums.values().forEach(ImageFolder::unit);
        return sums;
    }

    private static void add(Map<String, float[]> sums, Item item, float[] embedding) throws IOException {
        float[] sum = sums.computeIfAbsent(item.identity, name -> new float[embedding.length]);
        int width = sums.values().iterator().next().length;
        if (sum.length != embedding.length || width != embedding.length) {
            throw new IOException(item.file + ": its embedding has " + embedding.length + " numbers, others " + width);
        }
        for (int i = 0; i < sum.length; i++) sum[i] += embedding[i];
    }

    private static void unit(float[] v) {
        double square = 0;
        for (float x : v) square += x * x;
        for (int i = 0; i < v.length; i++) v[i] = (float) (v[i] / Math.max(1e-12, Math.sqrt(square)));
    }

    /** Hash of the file, so that an image that is changed is encoded anew. */
    private static String key(Path file) throws IOException {
        try {
            var digest = java.security.MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Photo photo(Path file) throws IOException {
        try {
            return Photo.read(file);
        } catch (PhotoException e) {
            throw new IOException(e.getMessage() + ". Mend it, or take it out of --data", e);
        }
    }

    @Override
    public List<Told> told() {
        return told;
    }

    /** The largest square of the middle, smoothly made smaller. */
    @Override
    public float[] pixels(Scope scope, int index) {
        BufferedImage image;
        try {
            image = photo(items.get(index).file).toImage();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        int side = Math.min(image.getWidth(), image.getHeight());
        BufferedImage square = scaled(
                image.getSubimage((image.getWidth() - side) / 2, (image.getHeight() - side) / 2, side, side), side);
        while (side > 2 * resolution) {
            side = (side + 1) / 2;
            square = scaled(square, side);
        }
        square = scaled(square, resolution);
        float[] planes = new float[3 * resolution * resolution];
        for (int y = 0; y < resolution; y++) {
            for (int x = 0; x < resolution; x++) {
                int rgb = square.getRGB(x, y);
                for (int c = 0; c < 3; c++) {
                    planes[(c * resolution + y) * resolution + x] = (rgb >> 16 - 8 * c & 0xff) / 127.5f - 1;
                }
            }
        }
        return planes;
    }

    private static BufferedImage scaled(BufferedImage image, int side) {
        BufferedImage out = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = out.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        g.drawImage(image, 0, 0, side, side, null);
        g.dispose();
        return out;
    }

    @Override
    public int identityWidth() {
        float[] first = told.getFirst().identity();
        return first == null ? 0 : first.length;
    }

    @Override
    public int expressionWidth() {
        return 0;
    }

    @Override
    public String encoder() {
        return encoder;
    }

    @Override
    public void close() {}
}
