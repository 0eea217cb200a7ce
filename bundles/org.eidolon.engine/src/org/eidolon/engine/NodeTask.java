// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.eidolon.api.Device;
import org.eidolon.api.Hashes;
import org.eidolon.api.Node;
import org.eidolon.api.NodeDescriptor;
import org.eidolon.api.NodeException;
import org.eidolon.api.OutOfGpuMemory;
import org.eidolon.api.Run;
import org.eidolon.api.Uses;
import org.eidolon.engine.Plan.PlanNode;
import org.eidolon.engine.Plan.Source;

/** Brings one node's result into the cache: inputs, lease, run, a second try when memory is short, store. */
final class NodeTask {
    private final RunState state;
    private final NodeTypes types;
    private final Cache cache;
    private final RunOptions options;
    private final PlanNode node;
    private final ContentKey key;
    private final List<String> reasons;
    private final Lane lane;
    private Thread worker;
    private boolean inNode;

    /** @param lane null for a node that computes on no device */
    NodeTask(RunState state, PlanNode node, Lane lane) {
        this.state = state;
        this.types = state.types;
        this.cache = state.cache;
        this.options = state.options;
        this.node = node;
        this.key = state.key(node);
        this.reasons = state.reasons(node);
        this.lane = lane;
    }

    /** True and an entry: the node ran; false and an entry: another run had just made it. */
    record Done(boolean ran, Cache.Entry entry) {}

    Done call() throws Exception {
        checkCancelled();
        worker(Thread.currentThread());
        try {
            return locked();
        } finally {
            worker(null);
        }
    }

    /**
     * Ends what this task waits for, as the run is cancelled. A node that saves checkpoints is not disturbed: an interrupt
     * closes the file that it is writing, and it hears of the end from {@link Run#checkCancelled()}.
     */
    synchronized void interrupt() {
        if (worker != null && !(inNode && node.type().uses(Uses.CHECKPOINTS))) {
            worker.interrupt();
        }
    }

    private synchronized void worker(Thread thread) {
        worker = thread;
        if (thread == null) {
            Thread.interrupted(); // the thread goes on with another task
        }
    }

    private synchronized void inNode(boolean is) {
        inNode = is;
    }

    private void checkCancelled() {
        if (state.isCancelled()) {
            throw new CancellationException();
        }
    }

    private Done locked() throws Exception {
        try (var lock = cache.lock(key.hash(), this::tellWaiting)) {
            var made = options.fresh()
                    ? null
                    : cache.find(key.hash()).filter(cache::verify).orElse(null);
            if (made != null) {
                state.emitOf(node, new RunEvent.Cached(node.id(), node.type().id(), key.hash()));
                made.warnings()
                        .forEach(w -> state.emitOf(node, new RunEvent.Log(node.id(), RunEvent.Level.WARNING, w)));
                return new Done(false, made);
            }
            Path checkpoints = cache.checkpoints(key.hash());
            if (!options.resume()) {
                Hashes.deleteTree(checkpoints);
            }
            Cache.Entry entry = runOnCopies(checkpoints);
            Hashes.deleteTree(checkpoints);
            return new Done(true, entry);
        }
    }

    private void tellWaiting() {
        state.emitOf(
                node,
                new RunEvent.Log(
                        node.id(), RunEvent.Level.INFO, "waits for another run, which is making the same result"));
    }

    private Cache.Entry runOnCopies(Path checkpoints) throws Exception {
        try (var copies = InputCopies.of(cache, node)) {
            try {
                return runLeased(checkpoints, copies.parameters());
            } catch (NodeException e) {
                throw copies.named(e);
            }
        }
    }

    private Cache.Entry runLeased(Path checkpoints, Map<String, Object> parameters) throws Exception {
        Node<?> instance = node.type().create(values(parameters));
        instance.check((parameter, check) -> check.run()); // of those that links feed the plan knew nothing
        if (lane == null) {
            return attempt(instance, null, checkpoints, true);
        }
        try (var lease = lane.lease(instance.deviceMemory(options.settledQuality()))) {
            return attempt(instance, lane.device(), checkpoints, true);
        } catch (Exception e) {
            if (!isOutOfGpuMemory(e)) {
                throw e;
            }
        }
        try (var all = lane.lease(0)) {
            state.warm.evict();
            lane.evict();
            state.emitOf(
                    node,
                    new RunEvent.Log(
                            node.id(),
                            RunEvent.Level.WARNING,
                            lane.device()
                                    + " ran out of memory; everything kept there was dropped, and the node runs once more"));
            return attempt(instance, lane.device(), checkpoints, false);
        } catch (Exception e) {
            if (isOutOfGpuMemory(e) && !(e instanceof OutOfGpuMemory)) {
                throw new OutOfGpuMemory(
                        lane.device() + " has too little memory for "
                                + node.type().id(),
                        e);
            }
            throw e;
        }
    }

    private Cache.Entry attempt(Node<?> instance, Device device, Path checkpoints, boolean first) throws Exception {
        checkCancelled();
        if (first) {
            state.emitOf(node, new RunEvent.Started(node.id(), node.type().id(), device, reasons));
        }
        Path scratch = cache.stagingName();
        try {
            var saved = new CheckpointFolder(
                    checkpoints,
                    warning -> state.emitOf(node, new RunEvent.Log(node.id(), RunEvent.Level.WARNING, warning)));
            var run = new NodeRun(state, node, device, scratch, saved);
            Instant started = Instant.now();
            long nanos = System.nanoTime();
            Record result = inNode(instance, run);
            run.checkCancelled();
            if (options.fresh()) {
                cache.discard(key.hash());
            }
            double seconds = (System.nanoTime() - nanos) / 1e9;
            return cache.store(key.hash(), provenance(run, started, seconds), outputs(result));
        } finally {
            Hashes.deleteTree(scratch);
        }
    }

    private Record inNode(Node<?> instance, NodeRun run) throws Exception {
        inNode(true);
        try {
            run.checkCancelled(); // an interrupt that came before must not reach the node
            return instance.run(run);
        } finally {
            inNode(false);
        }
    }

    /** Parameters, those that links feed included, and inputs, from the cache. */
    private Map<String, Object> values(Map<String, Object> parameters) throws IOException {
        var values = new LinkedHashMap<String, Object>(parameters);
        for (var input : node.inputs().entrySet()) {
            String name = input.getKey();
            var loaded = new ArrayList<>();
            for (Source source : input.getValue()) {
                loaded.add(load(source));
            }
            var parameter = node.type().parameter(name);
            if (parameter.isPresent()) {
                try {
                    values.put(name, ParameterLinks.value(parameter.get(), loaded.get(0)));
                } catch (IllegalArgumentException e) {
                    throw new NodeException(
                            "the value linked to its parameter '" + name + "' cannot be used: " + e.getMessage(),
                            "Check what " + input.getValue().get(0) + " gives",
                            e);
                }
            } else {
                boolean many = node.type().input(name).orElseThrow().many();
                values.put(name, many ? List.copyOf(loaded) : loaded.get(0));
            }
        }
        return values;
    }

    private Object load(Source source) throws IOException {
        Cache.Entry entry = state.entry(source.node()).orElseThrow();
        Class<?> type = types.find((String) entry.manifest().get("type"))
                .orElseThrow()
                .type()
                .output(source.output())
                .orElseThrow()
                .type();
        return cache.load(entry, source.output(), types.valueType(type));
    }

    private Map<String, Cache.Output> outputs(Record result) {
        if (result == null) {
            throw new IllegalStateException(node.type().id() + " returned null instead of its outputs");
        }
        var outputs = new LinkedHashMap<String, Cache.Output>();
        for (NodeDescriptor.Output output : node.type().outputs()) {
            Object value = node.type().output(result, output.name());
            if (value == null) {
                throw new IllegalStateException(
                        node.type().id() + " returned no value for its output '" + output.name() + "'");
            }
            outputs.put(output.name(), new Cache.Output(value, types.valueType(output.type())));
        }
        return outputs;
    }

    private Map<String, Object> provenance(NodeRun run, Instant started, double seconds) {
        var manifest = new LinkedHashMap<String, Object>();
        manifest.put("schema", 1);
        manifest.put("key", key.hash());
        manifest.put("type", node.type().id());
        manifest.put("from", key.ingredients());
        manifest.put("started", started.toString());
        manifest.put("seconds", EventJson.rounded(seconds));
        manifest.put("facts", run.facts());
        return manifest;
    }

    static boolean isOutOfGpuMemory(Throwable e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            String message = String.valueOf(t.getMessage());
            if (t instanceof OutOfGpuMemory
                    || message.contains("CUDA out of memory")
                    || message.contains("CUDA error: out of memory")) {
                return true;
            }
        }
        return false;
    }
}
