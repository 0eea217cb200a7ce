// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.eidolon.api.Checkpoints;
import org.eidolon.api.Device;
import org.eidolon.api.Kept;
import org.eidolon.api.Parameter;
import org.eidolon.api.PrivateFiles;
import org.eidolon.api.Quality;
import org.eidolon.api.Run;
import org.eidolon.api.Uses;
import org.eidolon.engine.Plan.PlanNode;

/** One attempt at running a node. */
final class NodeRun implements Run {
    private final RunState state;
    private final PlanNode node;
    private final Device device;
    private final Path scratch;
    private final Checkpoints checkpoints;
    private final ProgressMeter meter;
    private final Map<String, Object> settled = Collections.synchronizedMap(new LinkedHashMap<>());
    private final Map<String, Object> facts = Collections.synchronizedMap(new LinkedHashMap<>());
    private final Set<String> warnings = Collections.synchronizedSet(new LinkedHashSet<>());

    NodeRun(RunState state, PlanNode node, Device device, Path scratch, Checkpoints checkpoints) {
        this.state = state;
        this.node = node;
        this.device = device;
        this.scratch = scratch;
        this.checkpoints = checkpoints;
        this.meter = new ProgressMeter(node.id(), System::nanoTime);
    }

    private void emit(RunEvent event) {
        state.emitOf(node, event);
    }

    /** What was recorded, what auto came to mean, and the warnings, which stay true where the cache answers. */
    Map<String, Object> facts() {
        var all = new LinkedHashMap<>(facts);
        if (!settled.isEmpty()) {
            all.put(Parameter.AUTO, new LinkedHashMap<>(settled));
        }
        if (!warnings.isEmpty()) {
            all.put(Cache.Entry.WARNINGS, List.copyOf(warnings));
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
        return state.options.seed();
    }

    @Override
    public Quality quality() {
        declared(Uses.QUALITY);
        return state.options.settledQuality();
    }

    @Override
    public String graph() {
        declared(Uses.GRAPH);
        return node.graph();
    }

    @Override
    public void progress(String stage, long done, long total, String unit) {
        meter.update(stage, done, total, unit).ifPresent(this::emit);
    }

    @Override
    public void preview(String name, Object value) {
        emit(new RunEvent.Preview(node.id(), name, value));
    }

    @Override
    public void log(String message) {
        emit(new RunEvent.Log(node.id(), RunEvent.Level.INFO, message));
    }

    @Override
    public void warn(String message) {
        warnings.add(message);
        emit(new RunEvent.Log(node.id(), RunEvent.Level.WARNING, message));
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
        return state.isCancelled();
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
        return state.warm.lend(key, type, open);
    }

    @Override
    public Path scratch() {
        try {
            return PrivateFiles.createFolders(scratch);
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
