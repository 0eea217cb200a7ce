// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.eidolon.api.In;
import org.eidolon.api.Migration;
import org.eidolon.api.Node;
import org.eidolon.api.NodeException;
import org.eidolon.api.NodeLibrary;
import org.eidolon.api.NodeType;
import org.eidolon.api.OutOfGpuMemory;
import org.eidolon.api.Param;
import org.eidolon.api.Quality;
import org.eidolon.api.Run;
import org.eidolon.api.Uses;
import org.eidolon.api.value.Artifacts;
import org.eidolon.api.value.Scalar;
import org.eidolon.api.value.Text;

/** Small real nodes to run in tests; each counts how often it ran. */
final class TestNodes implements NodeLibrary {
    static final Map<String, AtomicInteger> RUNS = new ConcurrentHashMap<>();

    static void count(String what) {
        RUNS.computeIfAbsent(what, w -> new AtomicInteger()).incrementAndGet();
    }

    static int runs(String what) {
        return RUNS.getOrDefault(what, new AtomicInteger()).get();
    }

    record Number(Scalar value) {}

    record Words(Text text) {}

    record Made(Artifacts files) {}

    @NodeType(id = "test.constant", category = "Test")
    record Constant(@Param(max = 1000) double value) implements Node<Number> {
        Constant() {
            this(1);
        }

        @Override
        public Number run(Run run) {
            count("constant");
            run.record("licence", "CC0");
            return new Number(new Scalar(value));
        }
    }

    @NodeType(id = "test.add", category = "Test")
    record Add(
            @In Scalar a,
            @In(optional = true) Scalar b,
            @Param double bias) implements Node<Number> {
        Add() {
            this(null, null, 0);
        }

        @Override
        public Number run(Run run) {
            count("add");
            return new Number(new Scalar(a.value() + (b == null ? 0 : b.value()) + bias));
        }
    }

    @NodeType(id = "test.sum", category = "Test")
    record Sum(@In List<Scalar> items) implements Node<Number> {
        Sum() {
            this(List.of());
        }

        @Override
        public Number run(Run run) {
            return new Number(
                    new Scalar(items.stream().mapToDouble(Scalar::value).sum()));
        }
    }

    @NodeType(id = "test.number-to-text", category = "Test", conversion = true)
    record NumberToText(@In Scalar number) implements Node<Words> {
        NumberToText() {
            this(null);
        }

        @Override
        public Words run(Run run) {
            return new Words(new Text(Double.toString(number.value())));
        }
    }

    @NodeType(id = "test.read", category = "Test")
    record Read(@Param(required = true) Path file) implements Node<Words> {
        Read() {
            this(null);
        }

        @Override
        public Words run(Run run) throws IOException {
            count("read");
            return new Words(new Text(Files.readString(file)));
        }
    }

    @NodeType(id = "test.doubtful", category = "Test")
    record Doubtful() implements Node<Number> {
        @Override
        public Number run(Run run) {
            run.warn("it is doubtful");
            return new Number(new Scalar(1));
        }
    }

    @NodeType(id = "test.join", category = "Test")
    record Join(@In Text a, @In(optional = true) Text b) implements Node<Words> {
        Join() {
            this(null, null);
        }

        @Override
        public Words run(Run run) {
            return new Words(new Text(a.value() + (b == null ? "" : b.value())));
        }
    }

    @NodeType(id = "test.measure", category = "Test")
    record Measure(@In Text text) implements Node<Number> {
        Measure() {
            this(null);
        }

        @Override
        public Number run(Run run) {
            return new Number(new Scalar(text.value().length()));
        }
    }

    @NodeType(
            id = "test.environment",
            category = "Test",
            uses = {Uses.SEED, Uses.QUALITY, Uses.DEVICE})
    record Environment(@Param String weights) implements Node<Words> {
        Environment() {
            this("a1");
        }

        @Override
        public Words run(Run run) {
            count("environment");
            return new Words(new Text(run.seed() + " " + run.quality() + " " + run.device()));
        }

        @Override
        public Map<String, String> weightsUsed() {
            if (weights.equals("gone")) {
                throw new NodeException("there are no weights 'gone'", "See 'eidolon models list'");
            }
            return Map.of("test-weights", weights);
        }
    }

    @NodeType(id = "test.undeclared", category = "Test")
    record Undeclared() implements Node<Words> {
        @Override
        public Words run(Run run) {
            return new Words(new Text("" + run.seed()));
        }
    }

    @NodeType(id = "test.export", category = "Test")
    record Export(@In Text text, @Param String name) implements Node<Made> {
        Export() {
            this(null, "text.txt");
        }

        @Override
        public Made run(Run run) throws IOException {
            count("export");
            Path folder = Files.createDirectories(run.scratch().resolve("made"));
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text.value());
            return new Made(Artifacts.of(folder));
        }
    }

    @NodeType(id = "test.fail", category = "Test")
    record Fail(@In(optional = true) Scalar after, @Param boolean expected) implements Node<Number> {
        Fail() {
            this(null, true);
        }

        @Override
        public Number run(Run run) {
            if (expected) {
                throw new NodeException("no face was found", "Use a photo that shows one face");
            }
            throw new IllegalArgumentException("a fault");
        }
    }

    /** Counts to {@code steps}, with a checkpoint and a line in {@code log} for each. */
    @NodeType(id = "test.long", category = "Test", uses = Uses.CHECKPOINTS)
    record Long(@Param int steps, @Param long millis, @Param String log) implements Node<Number> {
        Long() {
            this(10, 10, "");
        }

        @Override
        public Number run(Run run) throws Exception {
            count("long");
            var last = run.checkpoints().latest();
            int first = last.isEmpty()
                    ? 0
                    : Integer.parseInt(Files.readString(last.get().folder().resolve("at")));
            for (int i = first; i < steps; i++) {
                run.checkCancelled();
                Files.writeString(
                        Path.of(log),
                        i + "\n",
                        java.nio.file.StandardOpenOption.CREATE,
                        java.nio.file.StandardOpenOption.APPEND);
                Thread.sleep(millis);
                int done = i + 1;
                run.checkpoints().save(done, folder -> Files.writeString(folder.resolve("at"), "" + done));
                run.progress("count", done, steps, "step");
            }
            return new Number(new Scalar(steps));
        }
    }

    /** Deaf to interrupts and to the flag: runs until a test wants it no more. */
    @NodeType(id = "test.deaf", category = "Test")
    record Deaf() implements Node<Number> {
        static volatile Thread thread;
        static volatile boolean wanted;

        @Override
        public Number run(Run run) {
            thread = Thread.currentThread();
            wanted = true;
            run.progress("listen", 0, 1, "step");
            while (wanted) {
                java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
                Thread.interrupted();
            }
            return new Number(new Scalar(1));
        }
    }

    static final AtomicInteger BUSY = new AtomicInteger();
    static final AtomicInteger MOST_BUSY = new AtomicInteger();

    private static void hold() throws InterruptedException {
        MOST_BUSY.accumulateAndGet(BUSY.incrementAndGet(), Math::max);
        try {
            Thread.sleep(250); // long enough for another lane to begin on a busy machine
        } finally {
            BUSY.decrementAndGet();
        }
    }

    /** Holds device memory for a while; fails for want of memory as often as {@code failures} says. */
    @NodeType(id = "test.gpu", category = "Test", uses = Uses.DEVICE)
    record Gpu(@Param int index, @Param long bytes, @Param int failures) implements Node<Words> {
        Gpu() {
            this(0, 0, 0);
        }

        @Override
        public long deviceMemory() {
            return bytes;
        }

        @Override
        public Words run(Run run) throws Exception {
            count("gpu" + index);
            hold();
            if (runs("gpu" + index) <= failures) {
                if (index % 2 == 0) {
                    throw new OutOfGpuMemory("too large", null);
                }
                throw new IllegalStateException("CUDA out of memory. Tried to allocate 2 GiB");
            }
            return new Words(new Text(run.device().toString()));
        }
    }

    /** Needs more device memory the better it is to be. */
    @NodeType(
            id = "test.better",
            category = "Test",
            uses = {Uses.DEVICE, Uses.QUALITY})
    record GpuByQuality(@Param int index, @Param long bytes) implements Node<Words> {
        GpuByQuality() {
            this(0, 0);
        }

        @Override
        public long deviceMemory(Quality quality) {
            return bytes * (1 + quality.ordinal());
        }

        @Override
        public Words run(Run run) throws Exception {
            hold();
            return new Words(new Text(run.quality().toString()));
        }
    }

    @Override
    public List<Class<? extends Node<?>>> nodes() {
        return List.of(
                Constant.class,
                Add.class,
                Sum.class,
                NumberToText.class,
                Read.class,
                Doubtful.class,
                Join.class,
                Measure.class,
                Environment.class,
                Undeclared.class,
                Export.class,
                Fail.class,
                Long.class,
                Deaf.class,
                Gpu.class,
                GpuByQuality.class);
    }

    @Override
    public List<Migration> migrations() {
        return List.of(new Migration(
                "test.plus",
                1,
                stored -> stored.withType("test.add", 1)
                        .renamed("offset", "bias")
                        .withPorts(Map.of("left", "a", "right", "b"), Map.of("total", "value"))));
    }

    @Override
    public String version() {
        return "test 1";
    }
}
