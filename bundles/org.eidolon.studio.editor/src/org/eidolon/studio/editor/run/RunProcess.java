// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.eclipse.swt.widgets.Display;
import org.eidolon.api.value.Image;
import org.eidolon.engine.Cache;
import org.eidolon.engine.NodeTypes;
import org.eidolon.engine.Plan;
import org.eidolon.engine.PlanException;
import org.eidolon.engine.PlanRequest;
import org.eidolon.engine.Planner;
import org.eidolon.engine.RunEvent;
import org.eidolon.engine.worker.WorkerRequest;
import org.eidolon.engine.worker.WorkerResult;
import org.eidolon.engine.worker.WorkerRun;
import org.eidolon.graph.GraphFormatException;
import org.eidolon.graph.GraphReader;
import org.eidolon.studio.editor.base.Messages;
import org.eidolon.studio.editor.base.Services;

/**
 * One run in a process of its own, so that a crash of a native library costs the run and not the window. What the process
 * tells is collected and shown a few times a second: the user interface never waits for it.
 */
final class RunProcess {
    /** Time between two looks at what the worker told. */
    private static final int BEAT_MS = 80;

    private final QueuedRun run;
    private final Path cacheFolder;
    private final Consumer<Cache> opened;
    private final Runnable over;
    private final Display display = Display.getCurrent();
    private final Queue<RunEvent> events = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean beating = new AtomicBoolean();
    private final Map<String, Image> shown = new ConcurrentHashMap<>();
    private volatile WorkerRun handle;
    private volatile boolean cancelled;

    /**
     * To be made on the user interface's thread.
     *
     * @param opened told the cache as soon as it is open
     * @param over told at the end, on the user interface's thread
     */
    RunProcess(QueuedRun run, Path cacheFolder, Consumer<Cache> opened, Runnable over) {
        this.run = run;
        this.cacheFolder = cacheFolder;
        this.opened = opened;
        this.over = over;
    }

    QueuedRun run() {
        return run;
    }

    void start() {
        run.begin();
        Thread.ofPlatform().daemon().name("eidolon-studio-run").start(this::work);
    }

    void cancel() {
        cancelled = true;
        WorkerRun running = handle;
        if (running != null) {
            running.cancel();
        }
    }

    private void work() {
        try {
            NodeTypes types = Services.engines().types();
            Plan plan = new Planner(types).plan(wanted());
            var cache = new Cache(cacheFolder);
            opened.accept(cache);
            WorkerRun running = Services.worker(types).start(request(), this::receive);
            handle = running;
            if (cancelled) {
                running.cancel();
            }
            WorkerResult result = running.await();
            Map<String, Image> pictures =
                    new Pictures(cache, types, PreviewStore.beside(cacheFolder)).of(plan, shown, result.keys());
            ui(() -> ended(result, pictures));
        } catch (PlanException e) {
            ui(() -> {
                run.refuse(e);
                ended(Messages.run_refused, Map.of());
            });
        } catch (IOException | RuntimeException e) {
            ui(() -> ended(Messages.bind(Messages.run_broke, String.valueOf(e.getMessage())), Map.of()));
        }
    }

    private PlanRequest wanted() throws GraphFormatException {
        Path folder = run.graph().toAbsolutePath().getParent();
        Map<String, String> settings = run.variant()
                .filter(variant -> !variant.isOfSeed())
                .map(variant -> Map.of(variant.target(), variant.value()))
                .orElse(Map.of());
        return new PlanRequest(
                GraphReader.read(run.text()),
                folder,
                run.graph().toString(),
                settings,
                Map.of(),
                folder, // as that is where the worker works
                run.log().targets());
    }

    /** The device is left to the worker, so that this process need not load a native library to know of GPUs. */
    private WorkerRequest request() {
        WorkerRequest request = WorkerRequest.of(run.graph())
                .unsaved(run.text())
                .resume()
                .cache(cacheFolder)
                .out(run.out())
                .quality(run.quality());
        if (run.variant().isPresent()) {
            request = run.variant().get().in(request);
        }
        for (String target : run.log().targets()) {
            request = request.target(target);
        }
        return request;
    }

    /** Called as the worker tells it; must be quick. */
    private void receive(RunEvent event) {
        if (event instanceof RunEvent.Preview preview && preview.value() instanceof Image image) {
            shown.put(preview.node(), image);
        }
        events.add(event);
        if (beating.compareAndSet(false, true)) {
            ui(() -> display.timerExec(BEAT_MS, this::beat));
        }
    }

    private void ui(Runnable work) {
        if (!display.isDisposed()) {
            display.asyncExec(work);
        }
    }

    private void beat() {
        beating.set(false);
        for (RunEvent event = events.poll(); event != null; event = events.poll()) {
            run.take(event);
        }
        run.pause();
    }

    private void ended(WorkerResult result, Map<String, Image> pictures) {
        if (result.failures().isEmpty() && result.outcome() == RunEvent.Outcome.FAILED) {
            result.problems().forEach(problem -> run.log().add(words(problem)));
        }
        ended(Messages.outcome(result.outcome()), pictures);
    }

    private static String words(WorkerResult.Problem problem) {
        String where = problem.where().isEmpty() ? "" : problem.where() + ": ";
        return where + problem.message() + (problem.advice().isEmpty() ? "" : " → " + problem.advice());
    }

    private void ended(String outcome, Map<String, Image> pictures) {
        beat();
        run.end(outcome, pictures);
        over.run();
    }
}
