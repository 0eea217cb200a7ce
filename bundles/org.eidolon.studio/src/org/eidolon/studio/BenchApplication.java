// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.core.runtime.Platform;
import org.eclipse.equinox.app.IApplication;
import org.eclipse.equinox.app.IApplicationContext;
import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.PlatformUI;
import org.eidolon.api.Json;
import org.eidolon.engine.NodeTypes;
import org.eidolon.studio.editor.GraphEditor;
import org.eidolon.studio.editor.bench.CanvasBench;
import org.eidolon.studio.editor.bench.Measured;

/**
 * {@code eidolon bench studio}: how quick the window is, measured in the window itself. A table on standard error, one
 * JSON object on standard output.
 */
public final class BenchApplication implements IApplication {
    private static final int ARGUMENTS = 2;
    private static final int FAILED = 1;
    private static final double[] ZOOMS = {0.1, 0.33, 1};

    private final Map<String, Object> json = new LinkedHashMap<>();
    private int nodes = 2000;
    private int repeat = 5;
    private int graphs = 50;
    private int seconds = 15;
    private int code;

    @Override
    public Object start(IApplicationContext context) {
        var arguments = (String[]) context.getArguments().get(IApplicationContext.APPLICATION_ARGS);
        if (!read(arguments == null ? new String[0] : arguments)) {
            System.err.println("eidolon: usage: bench studio [--nodes N] [--repeat N] [--graphs N] [--run-seconds N]");
            return ARGUMENTS;
        }
        Display display = PlatformUI.createDisplay();
        try {
            var state = StateFolder.chosen(Platform.getInstanceLocation());
            PlatformUI.createAndRunWorkbench(display, new StudioAdvisor(List.of(), state) {
                @Override
                void begun() {
                    begin();
                }
            });
            return code;
        } finally {
            display.dispose();
        }
    }

    private boolean read(String[] arguments) {
        try {
            for (int i = 0; i < arguments.length; i += 2) {
                int value = Integer.parseInt(arguments[i + 1]);
                switch (arguments[i]) {
                    case "--nodes" -> nodes = Math.clamp(value, 10, 20_000);
                    case "--repeat" -> repeat = Math.clamp(value, 1, 100);
                    case "--graphs" -> graphs = Math.clamp(value, 1, 1000);
                    case "--run-seconds" -> seconds = Math.clamp(value, 0, 600);
                    default -> {
                        return false;
                    }
                }
            }
            return true;
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            return false;
        }
    }

    /** The window stands; everything else happens beside its thread, which goes on as always. */
    private void begin() {
        IWorkbenchPage page =
                PlatformUI.getWorkbench().getActiveWorkbenchWindow().getActivePage();
        page.getWorkbenchWindow().getShell().update();
        double started = ProcessHandle.current()
                .info()
                .startInstant()
                .map(instant -> Duration.between(instant, Instant.now()).toMillis() / 1e3)
                .orElse(0.0);
        row("startSeconds", "process start to the window", started, String.format(Locale.ROOT, "%.2f s", started));
        Thread.ofPlatform().daemon().name("eidolon-bench").start(() -> {
            try {
                measure(page);
            } catch (Exception e) {
                e.printStackTrace();
                code = FAILED;
            }
            Display display = PlatformUI.getWorkbench().getDisplay();
            display.asyncExec(() -> PlatformUI.getWorkbench().close());
        });
    }

    private void measure(IWorkbenchPage page) throws Exception {
        Path folder = Files.createTempDirectory("eidolon-bench");
        var bench = on(() -> new CanvasBench(page, folder));
        try {
            NodeTypes types = on(() -> {
                GraphEditor first = bench.open(Template.PORTRAIT.unpack(folder));
                NodeTypes installed = first.document().engines().types();
                bench.close(first);
                return installed;
            });
            Path large = bench.graph("large", nodes, types);
            opening(bench, large);
            moving(bench, large);
            memory(bench, bench.graph("small", 60, types));
            answers(bench, folder);
        } finally {
            bench.clean();
        }
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        row(
                "load",
                "load of the machine",
                load,
                load + " on " + Runtime.getRuntime().availableProcessors() + " cores");
        System.out.println(Json.write(json));
    }

    private interface Work<T> {
        T run() throws Exception;
    }

    private static <T> T on(Work<T> work) throws Exception {
        var result = new Object() {
            T value;
            Exception problem;
        };
        PlatformUI.getWorkbench().getDisplay().syncExec(() -> {
            try {
                result.value = work.run();
            } catch (Exception e) {
                result.problem = e;
            }
        });
        if (result.problem != null) {
            throw result.problem;
        }
        return result.value;
    }

    private void opening(CanvasBench bench, Path large) throws Exception {
        Measured opening = on(() -> bench.opening(large, repeat));
        row("openMillis", "opening " + nodes + " nodes", opening.median(), opening.toString());
        json.put("openWorkMillis", rounded(opening.medianWork()));
    }

    private void moving(CanvasBench bench, Path large) throws Exception {
        GraphEditor editor = on(() -> bench.open(large));
        for (double zoom : ZOOMS) {
            Measured frames = on(() -> bench.panning(editor, zoom));
            frames(
                    "panFramesPerSecond" + Math.round(zoom * 100),
                    "panning at " + Math.round(zoom * 100) + " %",
                    frames);
        }
        frames("zoomFramesPerSecond", "zooming", on(() -> bench.zooming(editor)));
        on(() -> {
            bench.close(editor);
            return null;
        });
    }

    private void frames(String key, String what, Measured frames) {
        row(
                key,
                what,
                frames.perSecond(),
                String.format(Locale.ROOT, "%.0f frames/s, a frame %s", frames.perSecond(), frames));
        json.put(key.replace("FramesPerSecond", "FrameWorkMillis"), rounded(frames.medianWork()));
    }

    private void memory(CanvasBench bench, Path small) throws Exception {
        long[] used = on(() -> bench.memory(small, graphs));
        double growth = 100.0 * (used[1] - used[0]) / used[0];
        row(
                "memoryGrowthPercent",
                "memory after " + graphs + " graphs",
                growth,
                String.format(Locale.ROOT, "%+.1f %% of %.1f MiB", growth, used[0] / 1048576.0));
    }

    private void answers(CanvasBench bench, Path folder) throws Exception {
        if (seconds == 0) {
            return;
        }
        GraphEditor editor = on(() -> bench.open(Template.PORTRAIT.unpack(folder)));
        Measured answers = bench.answers(editor, "geometry", "guidance", 3 + System.nanoTime() % 1e6 / 1e9, seconds);
        on(() -> {
            bench.close(editor);
            return null;
        });
        if (answers.count() == 0) {
            throw new IllegalStateException("the run ended before the window could be asked");
        }
        row("answerMillis", "answer while a stage runs", answers.median(), answers.toString());
        json.put("answerWorstMillis", rounded(answers.percentile(100)));
    }

    private void row(String key, String what, double value, String text) {
        json.put(key, rounded(value));
        System.err.printf(Locale.ROOT, "%-34s %s%n", what, text);
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }

    @Override
    public void stop() {
        // it ends by itself
    }
}
