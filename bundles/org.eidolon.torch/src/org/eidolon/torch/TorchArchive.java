// SPDX-License-Identifier: EPL-2.0
package org.eidolon.torch;

import ai.djl.ndarray.NDArray;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractCollection;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.eidolon.torch.internal.PickleValues;
import org.eidolon.torch.internal.SafeHeader;
import org.eidolon.torch.internal.TensorBytes;
import org.eidolon.torch.internal.TensorPickle;
import org.eidolon.torch.internal.ZipEnd;

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
    private final Map<String, PickleValues.Tensor> tensors;

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
        if (order != null
                && (order.getSize() != 6 || !new String(bytes(order), StandardCharsets.US_ASCII).equals("little"))) {
            throw new IOException(file + ": was written on a big-endian machine, which is not supported");
        }
        InputStream in = stored(pickle);
        try (in) {
            tensors = TensorPickle.read(in, pickle.getSize(), size);
        } catch (IOException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
        for (Map.Entry<String, PickleValues.Tensor> each : tensors.entrySet()) {
            check(each.getKey(), each.getValue());
        }
    }

    /**
     * Opens a file.
     *
     * @throws IOException if it is damaged or holds more than tensors: names the file and what it holds
     */
    public static TorchArchive open(Path file) throws IOException {
        ZipEnd.check(file);
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

    private ZipEntry entry(String name, PickleValues.Tensor tensor) throws IOException {
        ZipEntry entry = zip.getEntry(root + "data/" + tensor.storage());
        if (entry == null) {
            throw new IOException(
                    file + ": tensor " + name + " lies in data/" + tensor.storage() + ", which is missing");
        }
        return entry;
    }

    /** Sizes, so that nothing is reserved for what the file cannot hold. */
    private void check(String name, PickleValues.Tensor tensor) throws IOException {
        String where = file + ": tensor " + name;
        long bytes = entry(name, tensor).getSize();
        long last = tensor.offset();
        try {
            if (Math.multiplyExact(tensor.count(), SafeHeader.size(tensor.type())) != bytes) {
                throw new IOException(where + ": its storage should have " + tensor.count() + " numbers of "
                        + tensor.type() + ", has " + bytes + " bytes");
            }
            long numbers = 1;
            for (int i = 0; i < tensor.sizes().length; i++) {
                numbers = Math.multiplyExact(numbers, tensor.sizes()[i]);
                last = Math.addExact(last, Math.multiplyExact(Math.max(tensor.sizes()[i] - 1, 0), tensor.strides()[i]));
            }
            if (numbers > 0 && last >= tensor.count() || numbers > tensor.count()) {
                throw new IOException(where + " of shape " + tensor.shape() + " reaches beyond its storage of "
                        + tensor.count() + " numbers");
            }
        } catch (ArithmeticException e) {
            throw new IOException(where + " has an impossible shape " + tensor.shape(), e);
        }
    }

    private byte[] bytes(ZipEntry entry) throws IOException {
        try (InputStream in = stored(entry)) {
            // at once: the other ways to read gather pieces and join them
            byte[] data = new byte[(int) entry.getSize()];
            if (in.readNBytes(data, 0, data.length) != data.length) {
                throw new IOException(file + ": " + entry.getName() + " ends early");
            }
            return data;
        } catch (ZipException e) {
            throw damaged(entry, e);
        }
    }

    private IOException damaged(ZipEntry entry, ZipException e) {
        return new IOException(file + ": " + entry.getName() + " is damaged: " + e.getMessage(), e);
    }

    /** An entry's bytes, which are no more than the file has. */
    private InputStream stored(ZipEntry entry) throws IOException {
        if (entry.getMethod() != ZipEntry.STORED
                || entry.getSize() > size
                || entry.getSize() > Integer.MAX_VALUE - 16) {
            throw new IOException(file + ": " + entry.getName() + " is compressed or larger than 2 GiB or the file;"
                    + " torch.save does not write it so");
        }
        return zip.getInputStream(entry);
    }

    /** The tensors, in the order in which the file names them. */
    @Override
    public Collection<SafeTensors.Info> tensors() {
        return new AbstractCollection<>() {
            @Override
            public int size() {
                return tensors.size();
            }

            @Override
            public Iterator<SafeTensors.Info> iterator() {
                return tensors.entrySet().stream()
                        .map(each -> info(each.getKey(), each.getValue()))
                        .iterator();
            }
        };
    }

    @Override
    public Map<String, String> metadata() {
        return Map.of();
    }

    private PickleValues.Tensor tensor(String name) {
        PickleValues.Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("no tensor " + name + " in the file");
        }
        return tensor;
    }

    private static SafeTensors.Info info(String name, PickleValues.Tensor tensor) {
        return new SafeTensors.Info(name, tensor.type(), tensor.shape());
    }

    private interface Use<T> {
        T of(SafeTensors.Info info, TensorBytes bytes) throws IOException;
    }

    @Override
    public NDArray read(Scope scope, String name) throws IOException {
        return content(name, (info, bytes) -> TensorReading.tensor(scope, file, info, bytes));
    }

    @Override
    public float[] floats(String name) throws IOException {
        return content(name, (info, bytes) -> TensorReading.floats(file, info, bytes));
    }

    /** A tensor's numbers in the order of its shape: from the file, or where they lie otherwise from their storage. */
    private <T> T content(String name, Use<T> use) throws IOException {
        PickleValues.Tensor tensor = tensor(name);
        SafeTensors.Info info = info(name, tensor);
        ZipEntry entry = entry(name, tensor);
        int width = SafeHeader.size(tensor.type());
        if (!tensor.contiguous()) {
            return use.of(info, new Gathered(tensor, ByteBuffer.wrap(bytes(entry)), width));
        }
        try (InputStream in = stored(entry)) {
            in.skipNBytes(info.count() == 0 ? 0 : tensor.offset() * width);
            ReadableByteChannel channel = Channels.newChannel(in);
            ByteBuffer room = piece((int) Math.min(info.count(), TensorBytes.PIECE) * width);
            return use.of(info, length -> {
                room.clear().limit(length);
                while (room.hasRemaining()) {
                    if (channel.read(room) < 0) {
                        throw new IOException(file + ": " + entry.getName() + " ends early");
                    }
                }
                return room.flip();
            });
        } catch (ZipException e) {
            throw damaged(entry, e);
        } catch (EOFException e) {
            throw new IOException(file + ": " + entry.getName() + " ends early", e);
        }
    }

    private static ByteBuffer piece(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Numbers that do not follow one another in their storage, such as a transposed matrix's. */
    private static final class Gathered implements TensorBytes {
        private final PickleValues.Tensor tensor;
        private final ByteBuffer storage;
        private final int width;
        private final long[] at;
        private ByteBuffer gathered = piece(0);

        Gathered(PickleValues.Tensor tensor, ByteBuffer storage, int width) {
            this.tensor = tensor;
            this.storage = storage;
            this.width = width;
            at = new long[tensor.sizes().length];
        }

        @Override
        public ByteBuffer next(int length) {
            gathered = gathered.capacity() < length ? piece(length) : gathered.limit(length);
            for (int i = 0; i < length; i += width) {
                long from = tensor.offset();
                for (int d = 0; d < at.length; d++) {
                    from += at[d] * tensor.strides()[d];
                }
                gathered.put(i, storage, (int) from * width, width);
                for (int d = at.length - 1; d >= 0 && ++at[d] == tensor.sizes()[d]; d--) {
                    at[d] = 0;
                }
            }
            return gathered;
        }
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
