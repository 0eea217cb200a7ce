// SPDX-License-Identifier: EPL-2.0
package org.eidolon.torch;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.eidolon.torch.internal.SafeHeader;
import org.eidolon.torch.internal.TensorPickle;

/**
 * Reads tensors out of what {@code torch.save} writes ({@code .bin}, {@code .pt}, {@code .ckpt}; PyTorch 1.6 and later).
 * Such a file holds a pickle, which can run any program where Python reads it. This reader runs nothing: it knows
 * dictionaries, plain values and tensors, and refuses the file at the first other name. No entry is read that is larger
 * than the file.
 */
public final class TorchArchive implements TensorFile {
    private static final String PICKLE = "data.pkl";
    private static final long PICKLE_LIMIT = 64 << 20;

    private final Path file;
    private final ZipFile zip;
    private final long size;
    private final String root;
    private final Map<String, TensorPickle.Tensor> tensors;
    private final Map<String, SafeTensors.Info> infos = new LinkedHashMap<>();

    private TorchArchive(Path file, ZipFile zip) throws IOException {
        this.file = file;
        this.zip = zip;
        this.size = Files.size(file);
        ZipEntry pickle = zip.stream()
                .filter(e -> e.getName().equals(PICKLE) || e.getName().endsWith("/" + PICKLE))
                .findFirst()
                .orElseThrow(() -> new IOException(
                        file + ": a zip file without " + PICKLE + "; it was not written by torch.save"));
        root = pickle.getName().substring(0, pickle.getName().length() - PICKLE.length());
        if (pickle.getSize() > PICKLE_LIMIT) {
            throw new IOException(file + ": its pickle of " + pickle.getSize() + " bytes is too large");
        }
        ZipEntry order = zip.getEntry(root + "byteorder");
        if (order != null && !new String(bytes(order), StandardCharsets.US_ASCII).equals("little")) {
            throw new IOException(file + ": was written on a big-endian machine, which is not supported");
        }
        try {
            tensors = TensorPickle.read(bytes(pickle));
        } catch (IOException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
        for (Map.Entry<String, TensorPickle.Tensor> each : tensors.entrySet()) {
            check(each.getKey(), each.getValue());
            infos.put(
                    each.getKey(),
                    new SafeTensors.Info(
                            each.getKey(),
                            each.getValue().type(),
                            each.getValue().sizes()));
        }
    }

    /**
     * Opens a file.
     *
     * @throws IOException if it is damaged or holds more than tensors: names the file and what it holds
     */
    public static TorchArchive open(Path file) throws IOException {
        ZipFile zip;
        try {
            zip = new ZipFile(file.toFile());
        } catch (ZipException e) {
            throw new IOException(file + ": a damaged archive: " + e.getMessage(), e);
        }
        try {
            return new TorchArchive(file, zip);
        } catch (IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    private ZipEntry entry(String name, TensorPickle.Tensor tensor) throws IOException {
        ZipEntry entry = zip.getEntry(root + "data/" + tensor.storage());
        if (entry == null) {
            throw new IOException(
                    file + ": tensor " + name + " lies in data/" + tensor.storage() + ", which is missing");
        }
        return entry;
    }

    /** Sizes, so that nothing is reserved for what the file cannot hold. */
    private void check(String name, TensorPickle.Tensor tensor) throws IOException {
        String where = file + ": tensor " + name;
        long bytes = entry(name, tensor).getSize();
        long last = tensor.offset();
        try {
            if (Math.multiplyExact(tensor.count(), SafeHeader.size(tensor.type())) != bytes) {
                throw new IOException(where + ": its storage should have " + tensor.count() + " numbers of "
                        + tensor.type() + ", has " + bytes + " bytes");
            }
            long numbers = 1;
            for (int i = 0; i < tensor.sizes().size(); i++) {
                numbers = Math.multiplyExact(numbers, tensor.sizes().get(i));
                last = Math.addExact(
                        last,
                        Math.multiplyExact(
                                Math.max(tensor.sizes().get(i) - 1, 0),
                                tensor.strides().get(i)));
            }
            if (numbers > 0 && last >= tensor.count() || numbers > tensor.count()) {
                throw new IOException(where + " of shape " + tensor.sizes() + " reaches beyond its storage of "
                        + tensor.count() + " numbers");
            }
        } catch (ArithmeticException e) {
            throw new IOException(where + " has an impossible shape " + tensor.sizes(), e);
        }
    }

    private byte[] bytes(ZipEntry entry) throws IOException {
        if (entry.getMethod() != ZipEntry.STORED
                || entry.getSize() > size
                || entry.getSize() > Integer.MAX_VALUE - 16) {
            throw new IOException(file + ": " + entry.getName() + " is compressed or larger than 2 GiB or the file;"
                    + " torch.save does not write it so");
        }
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] data = in.readNBytes((int) entry.getSize());
            if (data.length != entry.getSize()) {
                throw new IOException(file + ": " + entry.getName() + " ends early");
            }
            return data;
        } catch (ZipException e) {
            throw new IOException(file + ": " + entry.getName() + " is damaged: " + e.getMessage(), e);
        }
    }

    @Override
    public Collection<SafeTensors.Info> tensors() {
        return Collections.unmodifiableCollection(infos.values());
    }

    @Override
    public Map<String, String> metadata() {
        return Map.of();
    }

    private SafeTensors.Info info(String name) {
        SafeTensors.Info info = infos.get(name);
        if (info == null) {
            throw new IllegalArgumentException("no tensor " + name + " in the file");
        }
        return info;
    }

    @Override
    public NDArray read(Scope scope, String name) throws IOException {
        return SafeTensors.tensor(scope, file, info(name), content(name));
    }

    @Override
    public float[] floats(String name) throws IOException {
        return SafeTensors.floats(info(name), content(name));
    }

    /** A tensor's numbers in the order of its shape. */
    private ByteBuffer content(String name) throws IOException {
        TensorPickle.Tensor tensor = tensors.get(info(name).name());
        ByteBuffer storage = ByteBuffer.wrap(bytes(entry(name, tensor))).order(ByteOrder.LITTLE_ENDIAN);
        int width = SafeHeader.size(tensor.type());
        int count = Math.toIntExact(info(name).count());
        if (contiguous(tensor)) {
            return storage.slice(Math.toIntExact(tensor.offset() * width), count * width)
                    .order(ByteOrder.LITTLE_ENDIAN);
        }
        ByteBuffer gathered = ByteBuffer.allocate(count * width).order(ByteOrder.LITTLE_ENDIAN);
        long[] at = new long[tensor.sizes().size()];
        for (int i = 0; i < count; i++) {
            long from = tensor.offset();
            for (int d = 0; d < at.length; d++) {
                from += at[d] * tensor.strides().get(d);
            }
            gathered.put(i * width, storage, (int) from * width, width);
            for (int d = at.length - 1; d >= 0 && ++at[d] == tensor.sizes().get(d); d--) {
                at[d] = 0;
            }
        }
        return gathered;
    }

    private static boolean contiguous(TensorPickle.Tensor tensor) {
        long expected = 1;
        for (int d = tensor.sizes().size() - 1; d >= 0; d--) {
            if (tensor.sizes().get(d) != 1 && tensor.strides().get(d) != expected) {
                return false;
            }
            expected *= tensor.sizes().get(d);
        }
        return true;
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            // nothing was written through it
        }
    }
}
