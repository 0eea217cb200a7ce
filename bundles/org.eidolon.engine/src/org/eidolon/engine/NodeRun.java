// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.eidolon.api.Checkpoints;
import org.eidolon.api.Device;
import org.eidolon.api.Kept;
import org.eidolon.api.Parameter;
import org.eidolon.api.Quality;
import org.eidolon.api.Run;
import org.eidolon.api.Uses;
import org.eidolon.engine.Plan.PlanNode;

/** One attempt at running a node. */
final class NodeRun implements Run {
    private final PlanNode node;
    private final RunOptions options;
    private final Device device;
    private final Path scratch;
    private final Checkpoints checkpoints;
    private final Warm warm;
    private final BooleanSupplier cancelled;
    private final Consumer<RunEvent> events;
    private final ProgressMeter meter;
    private final Map<String, Object> settled = Collections.synchronizedMap(new LinkedHashMap<>());
    private final Map<String, Object> facts = Collections.synchronizedMap(new LinkedHashMap<>());

    NodeRun(
            PlanNode node,
            RunOptions options,
            Device device,
            Path scratch,
            Checkpoints checkpoints,
            Warm warm,
            BooleanSupplier cancelled,
            Consumer<RunEvent> events) {
        this.node = node;
        this.options = options;
        this.device = device;
        this.scratch = scratch;
        this.checkpoints = checkpoints;
        this.warm = warm;
        this.cancelled = cancelled;
        this.events = events;
        this.meter = new ProgressMeter(node.id(), System::nanoTime);
    }

    Map<String, Object> facts() {
        var all = new LinkedHashMap<>(facts);
        if (!settled.isEmpty()) {
            all.put(Parameter.AUTO, new LinkedHashMap<>(settled));
        }
        return all;
    }

    @Override
    public Device device() {
        declared(Uses.DEVICE);
        return device;
    }

    @Override
    public long seed() {
        declared(Uses.SEED);
        return options.seed();
    }

    @Override
    public Quality quality() {
        declared(Uses.QUALITY);
        return options.settledQuality();
    }

    @Override
    public String graph() {
        declared(Uses.GRAPH);
        return node.graph();
    }

    @Override
    public void progress(String stage, long done, long total, String unit) {
        meter.update(stage, done, total, unit).ifPresent(events);
    }

    @Override
    public void preview(String name, Object value) {
        events.accept(new RunEvent.Preview(node.id(), name, value));
    }

    @Override
    public void log(String message) {
        events.accept(new RunEvent.Log(node.id(), RunEvent.Level.INFO, message));
    }

    @Override
    public void warn(String message) {
        events.accept(new RunEvent.Log(node.id(), RunEvent.Level.WARNING, message));
    }

    @Override
    public void record(String key, Object value) {
        facts.put(key, value);
    }

    @Override
    public void settled(String parameter, Object value) {
        if (!node.type().parameter(parameter).map(Parameter::mayBeAuto).orElse(false)) {
            throw new IllegalArgumentException(
                    "node type " + node.type().id() + " has no parameter '" + parameter + "' that may be auto");
        }
        settled.put(parameter, value);
    }

    @Override
    public boolean isCancelled() {
        return cancelled.getAsBoolean();
    }

    @Override
    public void checkCancelled() {
        if (isCancelled()) {
            throw new CancellationException();
        }
    }

    @Override
    public Checkpoints checkpoints() {
        declared(Uses.CHECKPOINTS);
        return checkpoints;
    }

    @Override
    public <T extends AutoCloseable> Kept<T> keep(String key, Class<T> type, Callable<T> open) throws Exception {
        return warm.lend(key, type, open);
    }

    @Override
    public Path scratch() {
        try {
            return Files.createDirectories(scratch);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is not declared is not part of the content key, so reading it would poison the cache. */
    private void declared(Uses what) {
        if (!node.type().uses(what)) {
            throw new IllegalStateException("node type " + node.type().id() + " must declare uses = Uses." + what
                    + " in its @NodeType to ask for it");
        }
    }
}
