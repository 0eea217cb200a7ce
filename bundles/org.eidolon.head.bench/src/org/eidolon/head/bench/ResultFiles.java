// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.bench;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;

/** Results of one item of a benchmark, in a folder; taken up again only if they are of the same measurement. */
final class ResultFiles {
    private static final Gson GSON = new GsonBuilder()
            .serializeSpecialFloatingPointValues()
            .setPrettyPrinting()
            .create();
    private static final List<String> CHECKPOINTS = List.of("geometry", "fit", "texture");

    /** What a result must say of itself. */
    interface Keyed {
        String key();
    }

    private final Path folder;

    ResultFiles(Path folder) {
        this.folder = folder;
    }

    /** The same for the same words only. */
    static String key(Object... words) {
        try {
            StringBuilder text = new StringBuilder();
            for (Object word : words) text.append(word).append('\n');
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** A finished result of that key; what is damaged or of another measurement counts as none. */
    <T extends Keyed> Optional<T> read(Class<T> type, String key) throws IOException {
        Path file = folder.resolve("result.json");
        if (!Files.isRegularFile(file)) return Optional.empty();
        try {
            T result = GSON.fromJson(Files.readString(file), type);
            return Optional.ofNullable(result).filter(r -> key.equals(r.key()));
        } catch (JsonParseException e) {
            return Optional.empty();
        }
    }

    /** Keeps a result; its checkpoints are no longer needed. */
    void write(Keyed result) throws IOException {
        Files.createDirectories(folder);
        Path part = folder.resolve("result.json.part");
        Files.writeString(part, GSON.toJson(result));
        Files.move(
                part,
                folder.resolve("result.json"),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.ATOMIC_MOVE);
        forget();
    }

    /** Where a stage keeps its checkpoint. */
    Path checkpoints(String stage) {
        if (!CHECKPOINTS.contains(stage)) throw new IllegalArgumentException(stage);
        return folder.resolve(stage);
    }

    /** Removes checkpoints. */
    void forget() throws IOException {
        for (String stage : CHECKPOINTS) {
            for (String file : List.of("geometry.safetensors", "texture.safetensors")) {
                Files.deleteIfExists(folder.resolve(stage).resolve(file));
            }
            Files.deleteIfExists(folder.resolve(stage));
        }
    }

    void picture(String name, BufferedImage picture) throws IOException {
        Files.createDirectories(folder);
        ImageIO.write(picture, "png", folder.resolve(name + ".png").toFile());
    }
}
