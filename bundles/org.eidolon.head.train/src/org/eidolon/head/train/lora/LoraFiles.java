// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.train.lora;

import ai.djl.ndarray.NDArray;
import com.google.gson.Gson;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.eidolon.diffusion.LoraFile;
import org.eidolon.diffusion.LoraTrainer;
import org.eidolon.diffusion.UNetConfig;
import org.eidolon.diffusion.published.IpAdapterFile;
import org.eidolon.torch.SafeTensors;
import org.eidolon.torch.SafeTensorsWriter;
import org.eidolon.torch.Scope;

/** What a training reads and writes beside the pictures: its checkpoint, the LoRA, the adapters, samples. */
final class LoraFiles {
    /** Prefix of the expression adapter's weights. */
    static final String CODES = "codes.";

    private final LoraOptions options;

    LoraFiles(LoraOptions options) {
        this.options = options;
    }

    /**
     * Makes the folder for checkpoints.
     *
     * @throws IOException when nothing can be written where the LoRA shall go
     */
    void prepare() throws IOException {
        Path out = options.out().toAbsolutePath();
        if (Files.isDirectory(out)) {
            throw new IOException(out + " is a folder: --out wants the name of a .safetensors file");
        }
        try {
            Files.createDirectories(options.work());
            Files.delete(Files.createTempFile(out.getParent(), ".eidolon", ".part"));
        } catch (IOException e) {
            throw new IOException(
                    out.getParent() + " cannot be written to (" + e.getClass().getSimpleName() + ": " + e.getMessage()
                            + "): give another --out",
                    e);
        }
    }

    private Path checkpoint() {
        return options.work().resolve("checkpoint.safetensors");
    }

    void save(LoraTrainer trainer) throws IOException {
        SafeTensorsWriter.FLOAT.write(
                checkpoint(),
                trainer.state(),
                Map.of("options", options.signature(), "steps", Long.toString(trainer.steps())));
    }

    /**
     * Takes over the checkpoint, where there is one.
     *
     * @throws IOException when it was made with other options
     */
    void restore(Scope scope, LoraTrainer trainer) throws IOException {
        if (!Files.isRegularFile(checkpoint())) return;
        try (SafeTensors file = SafeTensors.open(checkpoint());
                Scope s = scope.child()) {
            String made = file.metadata().get("options");
            if (!options.signature().equals(made)) {
                throw new IOException(checkpoint() + " was made with other options (" + made + "); these are "
                        + options.signature() + ": go on with its own, or leave --resume out to begin anew");
            }
            Map<String, NDArray> saved = new LinkedHashMap<>();
            for (SafeTensors.Info info : file.tensors()) saved.put(info.name(), file.read(s, info.name()));
            trainer.restore(saved, Long.parseLong(file.metadata().get("steps")));
        } catch (IllegalArgumentException e) {
            throw new IOException(checkpoint() + ": " + e.getMessage() + "; leave --resume out to begin anew", e);
        }
    }

    /**
     * Writes the LoRA, and adapters where there are some.
     *
     * @return the files
     */
    List<Path> write(LoraTrainer trainer, UNetConfig config, String encoder) throws IOException {
        LoraFile.save(trainer.lora(), options.out().toAbsolutePath());
        Map<String, NDArray> identity = new LinkedHashMap<>(), expression = new LinkedHashMap<>();
        trainer.adapters().forEach((name, t) -> (name.startsWith(CODES) ? expression : identity).put(name, t));
        if (identity.isEmpty()) return List.of(options.out());
        Path faces = options.beside("identity");
        IpAdapterFile.write(faces, config, identity, Map.of("eidolon.identity", encoder));
        if (expression.isEmpty()) return List.of(options.out(), faces);
        Path worn = options.beside("expression");
        SafeTensorsWriter.FLOAT.write(
                worn,
                expression,
                Map.of(
                        "eidolon.expression",
                        new Gson().toJson(Map.of("code", config.identityCode(), "tokens", config.codeTokens()))));
        return List.of(options.out(), faces, worn);
    }

    /** Rows of square pictures (3, S, S) in −1…1, side by side. */
    Path sheet(List<float[][]> rows, int size) throws IOException {
        BufferedImage sheet =
                new BufferedImage(rows.getFirst().length * size, rows.size() * size, BufferedImage.TYPE_INT_RGB);
        for (int r = 0; r < rows.size(); r++) {
            for (int n = 0; n < rows.get(r).length; n++) {
                draw(sheet, rows.get(r)[n], n * size, r * size, size);
            }
        }
        Path file = options.work().resolve("samples.png");
        ImageIO.write(sheet, "png", file.toFile());
        return file;
    }

    private static void draw(BufferedImage sheet, float[] planes, int left, int top, int size) {
        for (int p = 0; p < size * size; p++) {
            int rgb = 0;
            for (int c = 0; c < 3; c++) {
                float value = planes[c * size * size + p] * 127.5f + 127.5f;
                rgb = rgb << 8 | Math.max(0, Math.min(255, Math.round(value)));
            }
            sheet.setRGB(left + p % size, top + p / size, rgb);
        }
    }
}
