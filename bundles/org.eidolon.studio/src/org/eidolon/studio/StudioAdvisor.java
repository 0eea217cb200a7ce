// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.core.runtime.ILog;
import org.eclipse.jface.preference.IPreferenceStore;
import org.eclipse.swt.graphics.Point;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.IWorkbenchPreferenceConstants;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.application.ActionBarAdvisor;
import org.eclipse.ui.application.IActionBarConfigurer;
import org.eclipse.ui.application.IWorkbenchConfigurer;
import org.eclipse.ui.application.IWorkbenchWindowConfigurer;
import org.eclipse.ui.application.WorkbenchAdvisor;
import org.eclipse.ui.application.WorkbenchWindowAdvisor;
import org.eidolon.studio.editor.run.RunQueue;
import org.eidolon.studio.editor.run.SweepResults;
import org.eidolon.studio.editor.run.Sweeps;
import org.eidolon.studio.views.CompareView;
import org.eidolon.studio.views.QueueView;

/** How the workbench of the studio is set up. */
class StudioAdvisor extends WorkbenchAdvisor {
    private final List<Path> files;
    private final SystemTheme theme = new SystemTheme();

    private final StateFolder state;
    private final OpenGraphs open;
    private Requests requests;

    /** @param files to open at the start */
    StudioAdvisor(List<Path> files, StateFolder state) {
        this.files = files;
        this.state = state;
        this.open = new OpenGraphs(state.folder());
    }

    @Override
    public void initialize(IWorkbenchConfigurer configurer) {
        configurer.setSaveAndRestore(true);
        IPreferenceStore preferences = PlatformUI.getPreferenceStore();
        preferences.setDefault(IWorkbenchPreferenceConstants.SHOW_PROGRESS_ON_STARTUP, false);
        preferences.setDefault(IWorkbenchPreferenceConstants.CLOSE_EDITORS_ON_EXIT, false);
    }

    @Override
    public void postStartup() {
        theme.follow();
        // after the workbench has brought back what was open, and with it the editor that was in front
        PlatformUI.getWorkbench().getDisplay().asyncExec(this::begin);
        try {
            requests = state.requests();
            requests.listen(wanted -> PlatformUI.getWorkbench().getDisplay().asyncExec(() -> {
                open(wanted);
                toFront();
            }));
        } catch (IOException e) {
            ILog.of(StudioAdvisor.class).warn("files of other starts are not opened", e);
        }
    }

    /** What was open when the last studio was killed, what is to be opened, and the runs that are left. */
    private void begin() {
        open(open.left());
        open(files);
        welcome();
        RunQueue queue = RunQueue.get();
        if (!queue.runs().isEmpty()) {
            showQueue();
        }
        Sweeps.get().onBegin(StudioAdvisor::showComparison);
        queue.next();
        queue.onChange(new Runnable() {
            private int count = queue.runs().size();

            @Override
            public void run() {
                int before = count;
                count = queue.runs().size();
                if (queue.isPaused() && count > before) {
                    showQueue(); // or it would seem that nothing came of it
                }
            }
        });
        begun();
    }

    /** The window is there and what was to be opened is open. */
    void begun() {}

    /** Says that there are runs left. */
    private static void showQueue() {
        try {
            if (window() != null) {
                window().getActivePage().showView(QueueView.ID, null, IWorkbenchPage.VIEW_VISIBLE);
            }
        } catch (PartInitException e) {
            ILog.of(StudioAdvisor.class).warn("the view of the queue cannot be opened", e);
        }
    }

    /** Of a sweep that begins; the view itself hears of those that come after. */
    private static void showComparison(SweepResults results) {
        try {
            if (window() != null
                    && window().getActivePage().showView(CompareView.ID, null, IWorkbenchPage.VIEW_VISIBLE)
                            instanceof CompareView view) {
                view.show(results);
            }
        } catch (PartInitException e) {
            ILog.of(StudioAdvisor.class).warn("the comparison cannot be opened", e);
        }
    }

    @Override
    public void postShutdown() {
        RunQueue.get().close();
        open.end();
        try {
            if (requests != null) {
                requests.close();
            }
        } catch (IOException e) {
            ILog.of(StudioAdvisor.class).warn("the watch on files of other starts does not end", e);
        }
    }

    private static IWorkbenchWindow window() {
        IWorkbench workbench = PlatformUI.getWorkbench();
        IWorkbenchWindow active = workbench.getActiveWorkbenchWindow();
        return active != null || workbench.getWorkbenchWindowCount() == 0
                ? active
                : workbench.getWorkbenchWindows()[0];
    }

    private static void toFront() {
        if (window() != null) {
            window().getShell().setMinimized(false);
            window().getShell().forceActive();
        }
    }

    private static void open(List<Path> wanted) {
        IWorkbenchPage page = window() == null ? null : window().getActivePage();
        for (Path file : page == null ? List.<Path>of() : wanted) {
            try {
                Opening.open(page, file);
            } catch (PartInitException e) {
                Opening.complain(page, e);
            }
        }
    }

    @Override
    public String getInitialWindowPerspectiveId() {
        return GraphPerspective.ID;
    }

    @Override
    public WorkbenchWindowAdvisor createWorkbenchWindowAdvisor(IWorkbenchWindowConfigurer configurer) {
        return new WorkbenchWindowAdvisor(configurer) {
            @Override
            public ActionBarAdvisor createActionBarAdvisor(IActionBarConfigurer bars) {
                return new StudioBars(bars);
            }

            @Override
            public void preWindowOpen() {
                configurer.setTitle(Words.title);
                configurer.setInitialSize(new Point(1360, 860));
                configurer.setShowCoolBar(true);
                configurer.setShowStatusLine(true);
                configurer.setShowProgressIndicator(true);
                configurer.setShowPerspectiveBar(false);
            }

            @Override
            public void postWindowOpen() {
                IWorkbenchPage page = configurer.getWindow().getActivePage();
                HeadShow.on(page);
                page.addPartListener(open);
            }
        };
    }

    private static void welcome() {
        IWorkbenchPage page = window() == null ? null : window().getActivePage();
        if (page != null && page.getEditorReferences().length == 0) {
            try {
                Opening.welcome(page);
            } catch (PartInitException e) {
                Opening.complain(page, e);
            }
        }
    }
}
