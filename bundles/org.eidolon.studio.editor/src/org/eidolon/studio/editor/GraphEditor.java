// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.core.commands.IExecutionListener;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.preferences.IEclipsePreferences.IPreferenceChangeListener;
import org.eclipse.e4.core.services.events.IEventBroker;
import org.eclipse.e4.ui.workbench.UIEvents;
import org.eclipse.gef.DefaultEditDomain;
import org.eclipse.gef.commands.CommandStack;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.ui.IEditorInput;
import org.eclipse.ui.IEditorPart;
import org.eclipse.ui.IEditorSite;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.commands.ICommandService;
import org.eclipse.ui.part.EditorPart;
import org.eidolon.graph.GraphFiles;
import org.eidolon.graph.Graphs;
import org.eidolon.graph.Problem;
import org.eidolon.graph.model.Element;
import org.eidolon.graph.model.Graph;
import org.eidolon.studio.editor.base.Messages;
import org.eidolon.studio.editor.base.Services;
import org.eidolon.studio.editor.base.Settings;
import org.eidolon.studio.editor.document.Checker;
import org.eidolon.studio.editor.document.GraphDocument;
import org.eidolon.studio.editor.document.GraphFileInput;
import org.eidolon.studio.editor.document.Journal;
import org.eidolon.studio.editor.document.Typing;
import org.eidolon.studio.editor.parts.Host;
import org.eidolon.studio.editor.run.RunQueue;
import org.eidolon.studio.editor.run.Runs;

/** The editor of a graph. */
public final class GraphEditor extends EditorPart {
    public static final String ID = "org.eidolon.studio.editor.graph";

    private final List<Runnable> problemListeners = new CopyOnWriteArrayList<>();
    private final Settings.Listener themes = new Settings.Listener(this::restyle);
    private final IPreferenceChangeListener preferences = event -> restyleLater();
    private final ICommandService commands = PlatformUI.getWorkbench().getService(ICommandService.class);
    private final IExecutionListener typing = new CommandsFinishTyping();
    private GraphDocument document;
    private Runs runs;
    private Canvas canvas;
    private Checker checker;
    private Journal journal;
    private List<Problem> problems = List.of();

    @Override
    public void init(IEditorSite site, IEditorInput input) throws PartInitException {
        if (!(input instanceof GraphFileInput file)) {
            throw new PartInitException(Messages.editor_no_file);
        }
        setSite(site);
        setInput(input);
        setPartName(input.getName());
        document = open(file.file());
        var domain = new DefaultEditDomain(this);
        domain.setCommandStack(document.stack());
        runs = new Runs(document, RunQueue.get());
        canvas = new Canvas(document, runs, Settings.look());
        checker = new Checker(document, this::found);
        this.domain = domain;
    }

    private DefaultEditDomain domain;

    static GraphDocument open(Path file) throws PartInitException {
        try {
            Optional<Graph> left = Journal.left(file);
            Graph graph = left.isPresent() ? left.get() : Files.exists(file) ? GraphFiles.load(file) : Graphs.create();
            var document = new GraphDocument(graph, file, Services.engines());
            if (left.isPresent()) {
                document.recovered();
            }
            return document;
        } catch (IOException e) {
            throw new PartInitException(
                    Messages.bind(Messages.editor_unreadable, file.getFileName(), e.getMessage()), e);
        }
    }

    @Override
    public void createPartControl(Composite parent) {
        var control = canvas.create(parent, domain);
        getSite().setSelectionProvider(canvas.viewer());
        ContextMenu.install(this, control);
        document.onChange(change -> checker.later());
        document.onTyping(() -> firePropertyChange(PROP_DIRTY));
        commands.addExecutionListener(typing);
        document.stack().addCommandStackListener(event -> {
            firePropertyChange(PROP_DIRTY);
            refreshCommands();
        });
        canvas.viewer().addSelectionChangedListener(event -> refreshCommands());
        runs.onChange(new Runs.Listener() {
            @Override
            public void nodes(List<String> ids) {
                canvas.showStates(ids);
            }

            @Override
            public void runs() {
                refreshCommands();
            }
        });
        journal = Journal.of(document);
        if (document.isRecovered()) {
            getEditorSite().getActionBars().getStatusLineManager().setMessage(Messages.journal_found);
        }
        themes.start();
        Settings.node().addPreferenceChangeListener(preferences);
        checker.later();
        control.getDisplay().asyncExec(() -> {
            if (!control.isDisposed()) {
                canvas.root().fit(canvas.extent());
            }
        });
    }

    /** Has the bars ask again which commands can be used now. */
    private static void refreshCommands() {
        PlatformUI.getWorkbench()
                .getService(IEventBroker.class)
                .post(UIEvents.REQUEST_ENABLEMENT_UPDATE_TOPIC, UIEvents.ALL_ELEMENT_ID);
    }

    private void restyleLater() {
        PlatformUI.getWorkbench().getDisplay().asyncExec(this::restyle);
    }

    private void restyle() {
        if (canvas.viewer().getControl() != null
                && !canvas.viewer().getControl().isDisposed()) {
            canvas.setLook(Settings.look());
            canvas.showProblems(Checker.byElement(problems));
        }
    }

    private void found(List<Problem> all) {
        var control = canvas.viewer().getControl();
        if (control == null || control.isDisposed()) { // closed before the check was done
            return;
        }
        problems = all;
        Map<String, List<Problem>> byElement = Checker.byElement(all);
        canvas.showProblems(byElement);
        problemListeners.forEach(Runnable::run);
    }

    public GraphDocument document() {
        return document;
    }

    public Runs runs() {
        return runs;
    }

    /** What the last check found. */
    public List<Problem> problems() {
        return problems;
    }

    public void onProblems(Runnable listener) {
        problemListeners.add(listener);
    }

    public void noMoreProblems(Runnable listener) {
        problemListeners.remove(listener);
    }

    public Host host() {
        return canvas;
    }

    Canvas canvas() {
        return canvas;
    }

    /** Gives a control that shows the graph in another way the menu of the canvas. */
    public void menu(Control control) {
        ContextMenu.install(this, control);
    }

    /** Selects elements and scrolls to them. */
    public void reveal(List<? extends Element> elements) {
        canvas.select(elements);
    }

    @Override
    public void doSave(IProgressMonitor monitor) {
        if (Typing.finish()) {
            save(document.file());
        } else {
            monitor.setCanceled(true);
        }
    }

    @Override
    public void doSaveAs() {
        if (!Typing.finish()) {
            return;
        }
        var dialog = new FileDialog(getSite().getShell(), SWT.SAVE);
        dialog.setFilterPath(document.folder().toString());
        dialog.setFileName(document.file().getFileName().toString());
        dialog.setFilterExtensions(new String[] {"*." + Graphs.EXTENSION});
        dialog.setOverwrite(true);
        String chosen = dialog.open();
        if (chosen != null) {
            save(Path.of(chosen));
            setInputWithNotify(new GraphFileInput(document.file()));
            setPartName(getEditorInput().getName());
        }
    }

    private void save(Path file) {
        try {
            document.save(file);
            journal.forget();
            firePropertyChange(PROP_DIRTY);
        } catch (IOException | RuntimeException e) {
            MessageDialog.openError(getSite().getShell(), Messages.editor_save_failed, e.getMessage());
        }
    }

    @Override
    public boolean isDirty() {
        return document.isDirty();
    }

    @Override
    public boolean isSaveAsAllowed() {
        return true;
    }

    @Override
    public void setFocus() {
        document.refreshSubgraphs(); // one may have been edited meanwhile
        canvas.viewer().getControl().setFocus();
    }

    @Override
    public <T> T getAdapter(Class<T> wanted) {
        return wanted == CommandStack.class ? wanted.cast(document.stack()) : super.getAdapter(wanted);
    }

    @Override
    public void dispose() {
        themes.stop();
        commands.removeExecutionListener(typing);
        Settings.node().removePreferenceChangeListener(preferences);
        if (journal != null) {
            journal.close();
        }
        if (runs != null) {
            runs.dispose();
            checker.dispose();
            canvas.dispose();
        }
        super.dispose();
    }

    /** The graph editor that is active, or null. */
    public static GraphEditor active() {
        var window = PlatformUI.getWorkbench().getActiveWorkbenchWindow();
        IEditorPart editor = window == null || window.getActivePage() == null
                ? null
                : window.getActivePage().getActiveEditor();
        return editor instanceof GraphEditor graph ? graph : null;
    }
}
