// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.views;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.action.Action;
import org.eclipse.jface.action.IAction;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.SashForm;
import org.eclipse.swt.program.Program;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Text;
import org.eidolon.api.ByteSize;
import org.eidolon.models.Model;
import org.eidolon.models.ModelException;
import org.eidolon.models.ModelInfo;
import org.eidolon.models.Models;

/** The weights that are installed or listed: whether they are there and whole, whose they are, where they belong. */
public final class ModelsView extends TableView<Model> {
    public static final String ID = "org.eidolon.studio.models";

    /** A model that is listed, and whether its file is there. */
    private record Found(List<Model> models, Map<String, String> states, List<String> warnings) {}

    private final Map<String, String> states = new HashMap<>();
    private List<Model> models = List.of();
    private List<String> warnings = List.of();
    private Action missingOnly;
    private Text detail;

    public ModelsView() {
        super(Model.class);
    }

    @Override
    public void createPartControl(Composite parent) {
        var sash = new SashForm(parent, SWT.HORIZONTAL);
        var left = new Composite(sash, SWT.NONE);
        createTable(left, Words.of("models"));
        column(
                Words.of("models.id"),
                270,
                false,
                model -> model.info().id(),
                by(m -> m.info().id()));
        column(
                Words.of("models.kind"),
                110,
                false,
                model -> model.info().kind(),
                by(m -> m.info().kind()));
        column(
                Words.of("models.size"),
                90,
                true,
                ModelsView::size,
                Comparator.comparing(m -> m.info().size()));
        column(Words.of("models.state"), 150, false, this::state, by(this::state));
        column(
                Words.of("models.licence"),
                150,
                false,
                model -> model.info().licence(),
                by(m -> m.info().licence()));
        column(Words.of("models.source"), 150, false, Model::source, by(Model::source));
        detail = new Text(sash, SWT.MULTI | SWT.READ_ONLY | SWT.WRAP | SWT.V_SCROLL | SWT.BORDER);
        sash.setWeights(62, 38);
        table().addSelectionChangedListener(event -> describe());
        refreshAction(this::look);
        action(Words.of("models.verify"), "verify.svg", SWT.F8, this::verify, () -> !models.isEmpty());
        missingOnly = new Action(Words.of("models.missing"), IAction.AS_CHECK_BOX) {
            @Override
            public void run() {
                update();
            }
        };
        install(missingOnly, "missing.svg", SWT.F7);
        action(Words.of("models.folder"), "folder.svg", SWT.CR, this::reveal, () -> folder() != null);
        finishActions();
        say(Words.of("looking"));
        look();
    }

    private static Comparator<Model> by(java.util.function.Function<Model, String> text) {
        return Comparator.comparing(text, String.CASE_INSENSITIVE_ORDER);
    }

    private static String size(Model model) {
        return ByteSize.text(model.info().size(), Locale.getDefault());
    }

    private String state(Model model) {
        return states.getOrDefault(model.info().id(), "");
    }

    /** Reads the lists of models. */
    Job look() {
        return work(
                Words.of("models.looking"),
                () -> {
                    Models all = Models.standard();
                    var found = new HashMap<String, String>();
                    all.list()
                            .forEach(model -> found.put(
                                    model.info().id(), Words.of(model.present() ? "models.there" : "models.gone")));
                    return new Found(all.list(), found, all.warnings());
                },
                found -> {
                    models = found.models();
                    warnings = found.warnings();
                    states.clear();
                    states.putAll(found.states());
                    update();
                });
    }

    private boolean isMissing(Model model) {
        return state(model).equals(Words.of("models.gone"));
    }

    private void update() {
        List<Model> rows = models.stream()
                .filter(model -> !missingOnly.isChecked() || isMissing(model))
                .toList();
        long missing = models.stream().filter(this::isMissing).count();
        String sum = Words.of("models.sum", models.size(), missing);
        show(rows, warnings.isEmpty() ? sum : sum + "  ·  " + String.join("; ", warnings));
        describe();
    }

    /** Reads those that are selected, or all, and compares their hashes; each tells its state when it is known. */
    private void verify() {
        List<Model> chosen = selected().isEmpty() ? models : selected();
        for (Model model : chosen) {
            states.put(model.info().id(), Words.of("models.verifying"));
            work(Words.of("models.verifying.one", model.info().id()), () -> check(model), state -> {
                states.put(model.info().id(), state);
                update();
            });
        }
        table().refresh();
    }

    private static String check(Model model) {
        try {
            model.verify();
            return Words.of("models.whole");
        } catch (ModelException e) {
            return model.present() ? Words.of("models.damaged", e.getMessage()) : Words.of("models.gone");
        }
    }

    private void describe() {
        if (selected().size() != 1) {
            detail.setText(Words.of("models.choose"));
            return;
        }
        Model model = selected().getFirst();
        ModelInfo info = model.info();
        var lines = new StringBuilder();
        line(lines, "models.state", state(model));
        line(lines, isMissing(model) ? "models.belongs" : "models.location", model.location());
        line(lines, "models.origin", info.origin());
        line(lines, "models.caveat", info.caveat());
        line(lines, "models.licence", info.licence());
        line(lines, "models.sha", info.sha256());
        new TreeMap<>(info.attributes()).forEach((name, value) -> lines.append(name + ": " + value + "\n"));
        if (isMissing(model)) {
            lines.append(Words.of("models.advice", Models.userFolder())).append('\n');
        }
        detail.setText(lines.toString().strip());
    }

    private static void line(StringBuilder lines, String key, String value) {
        if (!value.isEmpty()) {
            lines.append(Words.of(key)).append(": ").append(value).append('\n');
        }
    }

    /** Selects a model, so that its details are seen. */
    public void select(String id) {
        models.stream()
                .filter(model -> model.info().id().equals(id))
                .findFirst()
                .ifPresent(model -> table().setSelection(new StructuredSelection(model), true));
    }

    /** What is told beside of the model that is selected. */
    String detail() {
        return detail.getText();
    }

    /** The nearest folder that is there of where the selected model lies or belongs; null for one inside a jar. */
    private Path folder() {
        Path at = selected().size() == 1
                ? selected().getFirst().path().map(Path::getParent).orElse(null)
                : null;
        while (at != null && !Files.isDirectory(at)) {
            at = at.getParent();
        }
        return at;
    }

    private void reveal() {
        Program.launch(folder().toString());
    }
}
