// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.MenuItem;
import org.eclipse.swt.widgets.Text;
import org.eclipse.swt.widgets.ToolBar;
import org.eclipse.swt.widgets.ToolItem;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.commands.ICommandService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the menu bar and the tool bar offer can be used when its keys can. */
class BarsTest {
    private static final String GRAPH = """
            {
              "eidolon": 1,
              "nodes": {
                "plain": {
                  "type": "test.plain@1"
                }
              },
              "view": {
                "plain": [40, 40]
              }
            }
            """;

    @TempDir
    Path folder;

    private static MenuItem item(org.eclipse.swt.widgets.Menu menu, String name) {
        return Arrays.stream(menu.getItems())
                .filter(one -> one.getText().replace("&", "").split("\t")[0].startsWith(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no entry " + name));
    }

    /** An entry of the menu Edit, as it is once the menu is open. */
    private static MenuItem edit(String name) {
        var menu = item(Desk.page().getWorkbenchWindow().getShell().getMenuBar(), "Edit")
                .getMenu();
        menu.notifyListeners(SWT.Show, new Event());
        return item(menu, name);
    }

    private static ToolItem tool(String name) {
        return Desk.all(Desk.page().getWorkbenchWindow().getShell(), ToolBar.class).stream()
                .flatMap(bar -> Arrays.stream(bar.getItems()))
                .filter(tool ->
                        tool.getToolTipText() != null && tool.getToolTipText().startsWith(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no tool " + name));
    }

    private static void choose(Desk desk, String entry) {
        Desk.uiDo(() -> {
            assertThat(edit(entry).isEnabled()).as(entry).isTrue();
            edit(entry).notifyListeners(SWT.Selection, new Event());
        });
        desk.settle();
    }

    private static void push(Desk desk, String tool) {
        Desk.await(tool + " can be pushed", () -> tool(tool).isEnabled());
        Desk.uiDo(() -> tool(tool).notifyListeners(SWT.Selection, new Event()));
        desk.settle();
    }

    @Test
    void theMenuTakesBackAndRepeats() throws Exception {
        try (Desk desk = Desk.open(folder, GRAPH)) {
            assertThat(Desk.ui(() -> edit("Undo").isEnabled()))
                    .as("nothing to undo")
                    .isFalse();
            desk.select("plain");
            desk.command("org.eidolon.studio.editor.mute");
            choose(desk, "Undo");
            assertThat(desk.text()).isEqualTo(GRAPH);
            choose(desk, "Redo");
            assertThat(desk.node("plain").isMuted()).isTrue();
        }
    }

    @Test
    void theToolBarTakesBackAndRepeats() throws Exception {
        try (Desk desk = Desk.open(folder, GRAPH)) {
            Desk.await("nothing to undo", () -> !tool("Undo").isEnabled());
            desk.select("plain");
            desk.command("org.eidolon.studio.editor.mute");
            push(desk, "Undo");
            assertThat(desk.text()).isEqualTo(GRAPH);
            push(desk, "Redo");
            assertThat(desk.node("plain").isMuted()).isTrue();
        }
    }

    /** What is typed has no say in whether a run can be stopped. */
    @Test
    void whatCannotBeDoneIsGreyWhileSomethingIsTypedToo() throws Exception {
        try (Desk desk = Desk.open(folder, GRAPH)) {
            Desk.await("nothing to stop", () -> !tool("Stop run").isEnabled());
            desk.click(desk.widget("plain", "level", 0.5));
            Desk.uiDo(() -> {
                assertThat(Desk.display().getFocusControl()).isInstanceOf(Text.class);
                item(Desk.page().getWorkbenchWindow().getShell().getMenuBar(), "Run")
                        .getMenu()
                        .notifyListeners(SWT.Show, new Event());
            });
            desk.settle();
            assertThat(Desk.ui(() -> PlatformUI.getWorkbench()
                            .getService(ICommandService.class)
                            .getCommand("org.eidolon.studio.editor.cancel")
                            .isEnabled()))
                    .isFalse();
            assertThat(Desk.ui(() -> tool("Stop run").isEnabled())).isFalse();
        }
    }

    @Test
    void theStopOfTheRunsIsGreyUnlessThereIsSomethingToStop() throws Exception {
        try (Desk desk = Desk.open(folder, GRAPH.replace("test.plain", "test.slow"))) {
            Desk.ui(() -> Desk.page().showView("org.eidolon.studio.editor.runs"));
            desk.settle();
            assertThat(Desk.ui(() -> tool("Stop the run").isEnabled())).isFalse();
            desk.command("org.eidolon.studio.editor.run");
            Desk.await("it can be stopped", () -> tool("Stop the run").isEnabled());
            push(desk, "Stop the run");
            Desk.await("the run ends", () -> !desk.editor().runs().isRunning());
            Desk.await("nothing to stop", () -> !tool("Stop the run").isEnabled());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Cut", "Copy", "Delete", "Select All"})
    void theOthersOfTheMenuCanBeUsedToo(String entry) throws Exception {
        try (Desk desk = Desk.open(folder, GRAPH)) {
            desk.select("plain");
            choose(desk, entry);
            if (entry.equals("Cut") || entry.equals("Delete")) {
                assertThat(desk.node("plain")).isNull();
            }
        }
    }
}
