// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.IExecutableExtension;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Text;
import org.eidolon.studio.editor.document.Typing;
import org.eidolon.studio.editor.edit.Arrange.Edge;

/** Handler of all commands of the graph editor; plugin.xml names the action after a colon. */
public final class EditorCommand extends AbstractHandler implements IExecutableExtension {
    private record Entry(Consumer<GraphActions> work, Predicate<GraphEditor> enabled) {}

    private static final Map<String, Entry> ACTIONS = new HashMap<>();

    static {
        Predicate<GraphEditor> selected =
                editor -> !editor.host().viewer().getSelectedEditParts().isEmpty();
        always("add", GraphActions::add);
        always("note", GraphActions::note);
        always("selectAll", GraphActions::selectAll);
        always("paste", GraphActions::paste);
        always("layout", GraphActions::layout);
        always("fit", GraphActions::fit);
        always("zoomIn", actions -> actions.zoom(1.25));
        always("zoomOut", actions -> actions.zoom(0.8));
        always("zoomFull", GraphActions::zoomFull);
        always("run", actions -> actions.run(false));
        when("runSelected", actions -> actions.run(true), selected);
        always("sweep", GraphActions::sweep);
        when("cancel", GraphActions::cancel, editor -> editor.runs().isRunning());
        when(
                "undo",
                actions -> actions.stack().undo(),
                editor -> editor.document().stack().canUndo());
        when(
                "redo",
                actions -> actions.stack().redo(),
                editor -> editor.document().stack().canRedo());
        when("delete", GraphActions::delete, selected);
        when("copy", GraphActions::copy, selected);
        when("cut", GraphActions::cut, selected);
        when("duplicate", GraphActions::duplicate, selected);
        when("mute", GraphActions::mute, selected);
        when("bypass", GraphActions::bypass, selected);
        when("collapse", GraphActions::collapse, selected);
        when("rename", GraphActions::rename, selected);
        when("frame", GraphActions::frame, selected);
        always("inputs", GraphActions::inputs);
        when("makeSubgraph", GraphActions::makeSubgraph, selected);
        Predicate<GraphEditor> subgraph = editor -> new SubgraphActions(editor.document(), editor.canvas()).isAny();
        when("openSubgraph", GraphActions::openSubgraph, subgraph);
        when("dissolveSubgraph", GraphActions::dissolveSubgraph, subgraph);
        for (Edge edge : Edge.values()) {
            when("align" + edge, actions -> actions.align(edge), selected);
        }
        when("distributeAcross", actions -> actions.distribute(true), selected);
        when("distributeDown", actions -> actions.distribute(false), selected);
    }

    private String name;

    private static void always(String name, Consumer<GraphActions> work) {
        when(name, work, editor -> true);
    }

    private static void when(String name, Consumer<GraphActions> work, Predicate<GraphEditor> enabled) {
        ACTIONS.put(name, new Entry(work, enabled));
    }

    @Override
    public void setInitializationData(IConfigurationElement element, String property, Object data) {
        name = (String) data;
        if (!ACTIONS.containsKey(name)) {
            throw new IllegalArgumentException("the graph editor has no action " + name);
        }
    }

    @Override
    public boolean isEnabled() {
        GraphEditor editor = GraphEditor.active();
        return editor != null
                && (focused() != null || ACTIONS.get(name).enabled().test(editor));
    }

    @Override
    public Object execute(ExecutionEvent event) {
        GraphEditor editor = GraphEditor.active();
        if (editor == null) {
            return null;
        }
        Text field = focused();
        if (field != null && inText(field)) {
            return null;
        }
        if (!Typing.finish()) {
            return null; // what was typed is no value, as the user has been told
        }
        ACTIONS.get(name).work().accept(new GraphActions(editor));
        return null;
    }

    /** The field in which something is being typed: keys of the clipboard are for it then. */
    private static Text focused() {
        Display display = Display.getCurrent();
        return display != null && display.getFocusControl() instanceof Text text ? text : null;
    }

    private boolean inText(Text field) {
        switch (name) {
            case "copy" -> field.copy();
            case "cut" -> field.cut();
            case "paste" -> field.paste();
            case "selectAll" -> field.selectAll();
            case "delete" -> {
                if (field.getSelectionCount() == 0) {
                    field.setSelection(
                            field.getCaretPosition(), Math.min(field.getCharCount(), field.getCaretPosition() + 1));
                }
                field.insert("");
            }
            case "undo", "redo" -> {}
            default -> {
                return false;
            }
        }
        return true;
    }
}
