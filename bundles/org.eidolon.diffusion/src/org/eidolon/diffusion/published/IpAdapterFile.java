// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion.published;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eidolon.diffusion.Lora;
import org.eidolon.diffusion.UNet;
import org.eidolon.diffusion.UNetConfig;
import org.eidolon.torch.SafeTensors;
import org.eidolon.torch.SafeTensorsWriter;
import org.eidolon.torch.Scope;
import org.eidolon.torch.TensorFile;

/**
 * An IP-Adapter (Ye et al. 2023): projection of a CLIP image embedding, or of a face's (IP-Adapter-FaceID), and keys and
 * values of the decoupled attention; FaceID brings a LoRA besides. Read from {@code .safetensors} or {@code .bin}.
 */
public final class IpAdapterFile {
    private static final String PROJECTION = "image_proj.";
    private static final String ATTENTION = "ip_adapter.";
    private static final List<String> LORAS = List.of("to_q", "to_k", "to_v", "to_out");

    /**
     * What a file gives to a UNet.
     *
     * @param config the UNet's with the identity branch
     * @param tensors weights of that branch
     * @param lora to be used at strength 1 beside them, or null
     */
    public record Adapter(UNetConfig config, Map<String, NDArray> tensors, Lora lora) {
        /** The UNet with the branch; the LoRA, if there is one, is still to be attached or merged. */
        public UNet onto(Scope scope, UNet unet) {
            Map<String, NDArray> all = new LinkedHashMap<>(unet.parameters());
            all.putAll(tensors);
            return UNet.of(scope, config, all);
        }
    }

    private final Path file;
    private final TensorFile in;
    private final Map<String, SafeTensors.Info> infos = new LinkedHashMap<>();
    /** What each tensor is to the UNet: weights of the branch, and halves of the LoRA. */
    private final Map<String, SafeTensors.Info> tensors = new LinkedHashMap<>();

    private final Map<String, SafeTensors.Info[]> pairs = new LinkedHashMap<>();

    private IpAdapterFile(Path file, TensorFile in) throws IOException {
        this.file = file;
        this.in = in;
        PublishedTensors.all(in, file).forEach(info -> infos.put(info.name(), info));
    }

    /**
     * Reads an adapter for a UNet.
     *
     * @throws IOException naming the key that is missing, unknown or does not fit the UNet
     */
    public static Adapter read(Scope scope, Path file, UNetConfig base) throws IOException {
        try (TensorFile in = TensorFile.open(file)) {
            return new IpAdapterFile(file, in).read(scope, base);
        }
    }

    /**
     * Writes an identity branch in the layout of IP-Adapter-FaceID.
     *
     * @param config the UNet's with the branch
     * @param tensors weights of the branch by the UNet's names: {@code identity.…} and keys and values
     * @param metadata more to keep
     */
    public static void write(Path file, UNetConfig config, Map<String, NDArray> tensors, Map<String, String> metadata)
            throws IOException {
        List<String> attentions = attentions(config);
        Map<String, NDArray> named = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> {
            int end = name.indexOf(".to_");
            if (name.startsWith("identity.")) {
                named.put(PROJECTION + name.substring("identity.".length()), tensor);
            } else if (end > 0 && attentions.contains(name.substring(0, end))) {
                named.put(ATTENTION + attentions.indexOf(name.substring(0, end)) + name.substring(end), tensor);
            } else {
                throw new IllegalArgumentException("IP-Adapter: '" + name + "' is no weight of an identity branch");
            }
        });
        Map<String, String> all = new LinkedHashMap<>(metadata);
        all.put("format", "pt");
        SafeTensorsWriter.FLOAT.write(file, named, all);
    }

    /**
     * Checks, without reading weights, that an adapter fits a UNet.
     *
     * @return the UNet's sizes with the branch
     * @throws IOException as {@link #read}
     */
    public static UNetConfig check(Path file, UNetConfig base) throws IOException {
        try (TensorFile in = TensorFile.open(file)) {
            IpAdapterFile adapter = new IpAdapterFile(file, in);
            UNetConfig config = adapter.plan(base);
            adapter.checkPairs(base);
            return config;
        }
    }

    private Adapter read(Scope scope, UNetConfig base) throws IOException {
        UNetConfig config = plan(base);
        checkPairs(base);
        Map<String, NDArray> read = new LinkedHashMap<>();
        for (Map.Entry<String, SafeTensors.Info> each : tensors.entrySet()) {
            read.put(each.getKey(), in.read(scope, each.getValue().name()));
        }
        Map<String, Lora.Adapter> modules = new LinkedHashMap<>();
        for (Map.Entry<String, SafeTensors.Info[]> each : pairs.entrySet()) {
            SafeTensors.Info[] pair = each.getValue();
            modules.put(
                    each.getKey(),
                    new Lora.Adapter(
                            in.read(scope, pair[0].name()), in.read(scope, pair[1].name()), pair[0].shape()[0]));
        }
        return new Adapter(config, read, modules.isEmpty() ? null : Lora.of(modules));
    }

    /** Finds out what each tensor is. */
    private UNetConfig plan(UNetConfig base) throws IOException {
        boolean image = infos.containsKey(PROJECTION + "proj.weight");
        String first = PROJECTION + (image ? "proj.weight" : "proj.0.weight");
        SafeTensors.Info projection = infos.get(first);
        if (projection == null || projection.shape().length != 2) {
            throw new IOException(file + ": '" + PROJECTION + "proj.weight' (IP-Adapter) or '" + PROJECTION
                    + "proj.0.weight' (FaceID) is missing; the 'plus' variants, which read image patches, are not"
                    + " supported");
        }
        String last = PROJECTION + (image ? "proj.weight" : "proj.2.weight");
        long rows = infos.containsKey(last) && infos.get(last).shape().length == 2
                ? infos.get(last).shape()[0]
                : 0;
        int tokens = (int) (rows / base.contextWidth());
        if (tokens < 1 || tokens > 1024 || rows % base.contextWidth() != 0) {
            throw new IOException(file + ": '" + last + "' makes " + rows
                    + " numbers, expected a multiple of the UNet's " + base.contextWidth());
        }
        if (projection.shape()[1] < 1 || projection.shape()[1] > 1 << 16) {
            throw new IOException(file + ": '" + first + "' reads " + projection.shape()[1]
                    + " numbers, expected an embedding of 1 to 65536");
        }
        int width = (int) projection.shape()[1];
        UNetConfig config = image ? base.withImage(width, tokens) : base.withIdentity(width, tokens);
        Map<String, long[]> shapes = UNet.shapes(config);
        List<String> attentions = attentions(base);
        for (SafeTensors.Info info : infos.values()) {
            String name = info.name();
            if (name.startsWith(PROJECTION)) {
                put(shapes, info, "identity." + name.substring(PROJECTION.length()));
            } else if (!name.startsWith(ATTENTION) || !attention(info, attentions, shapes)) {
                throw new IOException(file + ": '" + name + "' is no weight of an IP-Adapter for this UNet, which has "
                        + attentions.size() + " attentions");
            }
        }
        for (String name : shapes.keySet()) {
            if ((name.startsWith("identity.") || name.contains("_ip.")) && !tensors.containsKey(name)) {
                throw new IOException(file + ": the weight for '" + name + "' is missing, expected shape "
                        + Arrays.toString(shapes.get(name)));
            }
        }
        return config;
    }

    private boolean attention(SafeTensors.Info info, List<String> attentions, Map<String, long[]> shapes)
            throws IOException {
        String[] parts = info.name().substring(ATTENTION.length()).split("\\.", 2);
        int number = parts.length == 2 && parts[0].matches("\\d{1,4}") ? Integer.parseInt(parts[0]) : -1;
        if (number < 0 || number >= attentions.size()) {
            return false;
        }
        String module = attentions.get(number);
        if (parts[1].equals("to_k_ip.weight") || parts[1].equals("to_v_ip.weight")) {
            put(shapes, info, module + "." + parts[1]);
            return true;
        }
        for (String each : LORAS) {
            for (int which = 0; which < 2; which++) {
                if (parts[1].equals(each + "_lora." + (which == 0 ? "down" : "up") + ".weight")) {
                    String name = module + "." + each + (each.equals("to_out") ? ".0" : "");
                    pairs.computeIfAbsent(name, n -> new SafeTensors.Info[2])[which] = info;
                    return true;
                }
            }
        }
        return false;
    }

    private void put(Map<String, long[]> shapes, SafeTensors.Info info, String name) throws IOException {
        long[] shape = shapes.get(name);
        if (shape == null || !Arrays.equals(shape, info.shape())) {
            throw new IOException(file + ": '" + info.name() + "' has shape " + info.dimensions()
                    + ", the UNet expects " + (shape == null ? "no such weight" : Arrays.toString(shape)));
        }
        tensors.put(name, info);
    }

    private void checkPairs(UNetConfig base) throws IOException {
        Map<String, long[]> shapes = UNet.shapes(base);
        for (Map.Entry<String, SafeTensors.Info[]> each : pairs.entrySet()) {
            SafeTensors.Info down = each.getValue()[0];
            SafeTensors.Info up = each.getValue()[1];
            boolean whole = down != null && up != null && down.shape().length == 2 && up.shape().length == 2;
            if (!whole || down.shape()[0] != up.shape()[1] || down.count() == 0) {
                throw new IOException(file + ": the LoRA on '" + each.getKey()
                        + "' lacks its half, or its halves have different ranks");
            }
            long[] shape = shapes.get(each.getKey() + ".weight");
            if (shape == null || shape[0] != up.shape()[0] || shape[1] != down.shape()[1]) {
                throw new IOException(file + ": the LoRA on '" + each.getKey() + "' is " + down.shape()[1] + "→"
                        + up.shape()[0] + ", the UNet's is " + (shape == null ? "none" : shape[1] + "→" + shape[0]));
            }
        }
    }

    /** Attentions in the order in which diffusers counts them: down, up, and the middle last. */
    private static List<String> attentions(UNetConfig config) {
        List<String> all = new ArrayList<>();
        for (String part : List.of("down_blocks.", "up_blocks.", "mid_block.")) {
            for (String name : UNet.shapes(config).keySet()) {
                if (name.startsWith(part) && name.endsWith(".to_q.weight")) {
                    all.add(name.substring(0, name.length() - ".to_q.weight".length()));
                }
            }
        }
        return all;
    }
}
