// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.eidolon.studio.Window.page;
import static org.eidolon.studio.Window.ui;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.jface.bindings.Binding;
import org.eclipse.jface.dialogs.DialogPage;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Tree;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.dialogs.PreferencesUtil;
import org.eclipse.ui.keys.IBindingService;
import org.eidolon.graph.GraphFiles;
import org.eidolon.graph.GraphValidator;
import org.eidolon.graph.GraphWriter;
import org.eidolon.graph.model.Graph;
import org.eidolon.studio.editor.GraphEditor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The application itself: what stands in the window, and what its welcome begins with. */
class WorkbenchTest {
    @Test
    void theWindowHasTheViewsOfItsPerspective() {
        assertThat(ui(() -> Arrays.stream(page().getViewReferences())
                        .map(reference -> reference.getId())
                        .toList()))
                .contains(
                        "org.eclipse.ui.views.ContentOutline",
                        "org.eclipse.ui.views.PropertySheet",
                        "org.eidolon.studio.viewer.head",
                        "org.eidolon.studio.editor.runs",
                        "org.eidolon.studio.editor.problems");
    }

    @ParameterizedTest
    @EnumSource(Template.class)
    void aTemplateOpensAsASoundGraphInAFolderOfItsOwn(Template template, @TempDir Path home) throws Exception {
        Path first = template.unpack(home);
        Path second = template.unpack(home);
        assertThat(second.getParent()).isNotEqualTo(first.getParent());
        Graph graph = GraphFiles.load(first);
        assertThat(GraphValidator.validate(graph)).isEmpty();
        assertThat(GraphWriter.write(graph))
                .as("a template is in the canonical form")
                .isEqualTo(Files.readString(first));
        GraphEditor editor = ui(() -> {
            Opening.open(page(), first);
            return GraphEditor.active();
        });
        assertThat(editor).isNotNull();
        assertThat(ui(() -> editor.isDirty())).isFalse();
        assertThat(Recent.files()).startsWith(first);
        ui(() -> page().closeEditor(editor, false));
    }

    @Test
    void theWelcomeIsAPageOfItsOwn() {
        ui(() -> {
            Opening.welcome(page());
            Opening.welcome(page());
            return null;
        });
        assertThat(ui(() -> Arrays.stream(page().getEditorReferences())
                        .filter(reference -> reference.getId().equals(Welcome.ID))
                        .count()))
                .isEqualTo(1);
    }

    @Test
    void thePageOfKeysListsThoseOfTheEditor() {
        List<String> found = ui(() -> {
            var dialog = PreferencesUtil.createPreferenceDialogOn(
                    page().getWorkbenchWindow().getShell(), "org.eidolon.studio.keys", null, null);
            dialog.setBlockOnOpen(false);
            dialog.open();
            var keys = new ArrayList<String>();
            collect(((DialogPage) dialog.getSelectedPage()).getControl(), keys);
            dialog.close();
            return keys;
        });
        assertThat(found).contains("Run graph F9", "Add node… Ctrl+I");
    }

    private static void collect(Control in, List<String> keys) {
        if (in instanceof Tree tree) {
            Arrays.stream(tree.getItems()).forEach(item -> keys.add(item.getText(0) + " " + item.getText(1)));
        } else if (in instanceof Composite composite) {
            Arrays.stream(composite.getChildren()).forEach(child -> collect(child, keys));
        }
    }

    /** Where a key has two commands, the workbench asks which is meant. */
    @Test
    void noKeyOfOursIsThatOfAnotherCommandToo() {
        var commands = new TreeMap<String, Set<String>>();
        for (Binding binding : ui(() ->
                PlatformUI.getWorkbench().getService(IBindingService.class).getBindings())) {
            boolean counts = binding.getPlatform() == null // keys of all systems, and not those that one must ask for
                    && binding.getSchemeId().equals(IBindingService.DEFAULT_DEFAULT_ACTIVE_SCHEME_ID);
            if (binding.getParameterizedCommand() != null && counts) {
                commands.computeIfAbsent(
                                binding.getContextId() + " " + binding.getTriggerSequence(), key -> new TreeSet<>())
                        .add(binding.getParameterizedCommand().getId());
            }
        }
        assertThat(commands).containsKey("org.eclipse.ui.contexts.window F9");
        commands.values().forEach(ids -> ids.removeIf(id -> id.startsWith("org.eclipse.gef."))); // nobody handles those
        commands.values()
                .removeIf(ids -> ids.size() < 2 || ids.stream().noneMatch(id -> id.startsWith("org.eidolon.")));
        assertThat(commands).isEmpty();
    }
}
