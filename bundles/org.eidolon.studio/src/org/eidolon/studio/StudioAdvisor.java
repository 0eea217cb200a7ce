// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio;

import java.nio.file.Path;
import java.util.List;
import org.eclipse.jface.preference.IPreferenceStore;
import org.eclipse.swt.graphics.Point;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.IWorkbenchPreferenceConstants;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.application.ActionBarAdvisor;
import org.eclipse.ui.application.IActionBarConfigurer;
import org.eclipse.ui.application.IWorkbenchConfigurer;
import org.eclipse.ui.application.IWorkbenchWindowConfigurer;
import org.eclipse.ui.application.WorkbenchAdvisor;
import org.eclipse.ui.application.WorkbenchWindowAdvisor;

/** How the workbench of the studio is set up. */
class StudioAdvisor extends WorkbenchAdvisor {
    private final List<Path> files;
    private final SystemTheme theme = new SystemTheme();

    StudioAdvisor(List<Path> files) {
        this.files = files;
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
                openFiles(page);
            }
        };
    }

    private void openFiles(IWorkbenchPage page) {
        try {
            for (Path file : files) {
                Opening.open(page, file);
            }
            if (page.getEditorReferences().length == 0) {
                Opening.welcome(page);
            }
        } catch (PartInitException e) {
            Opening.complain(page, e);
        }
    }
}
