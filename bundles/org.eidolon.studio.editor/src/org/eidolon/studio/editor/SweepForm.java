// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Spinner;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableItem;
import org.eclipse.swt.widgets.Text;
import org.eidolon.api.Param;
import org.eidolon.api.Parameter;
import org.eidolon.engine.Sweep;
import org.eidolon.studio.editor.base.Messages;
import org.eidolon.studio.editor.edit.Values;

/** Asks for the values of a sweep in the way that suits the kind of the parameter. */
final class SweepForm {
    private static final int COUNT = 5;
    private static final int LINES = 90;

    /** A range up to so many times the value is swept whole. */
    private static final double WHOLE_RANGE = 10;

    /** Of a value that is zero, which says nothing of its size, so far. */
    private static final double REACH = 100;

    private static final long MOST_SEED = 1L << 31;

    private final Composite form;
    private final Parameter parameter;
    private final Object now;
    private final Runnable changed;
    private final Supplier<Sweep> values;
    private final String target;

    /**
     * Fills a composite of its own.
     *
     * @param now the value that the graph has; null for none
     * @param browse gives the names of files that the user picks
     * @param changed told when the values are others
     */
    SweepForm(
            Composite parent,
            String target,
            Parameter parameter,
            Object now,
            Supplier<List<String>> browse,
            Runnable changed) {
        this.target = target;
        this.parameter = parameter;
        this.now = now;
        this.changed = changed;
        form = new Composite(parent, SWT.NONE);
        form.setLayout(new GridLayout(6, false));
        form.setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true));
        if (parameter.type() == boolean.class) {
            values = ticks(List.of("false", "true"));
        } else if (!parameter.choices().isEmpty()) {
            values = ticks(parameter.choices());
        } else if (parameter.widget() == Param.Widget.SEED && Sweep.isWhole(parameter)) {
            values = seeds();
        } else if (Sweep.isNumber(parameter)) {
            values = numbers();
        } else {
            values = lines(browse);
        }
    }

    Composite control() {
        return form;
    }

    /** @throws IllegalArgumentException saying what is wrong */
    Sweep sweep() {
        return values.get();
    }

    private Text field(String label, String value) {
        new Label(form, SWT.NONE).setText(label);
        var text = new Text(form, SWT.BORDER);
        text.setText(value);
        text.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
        return text;
    }

    private Spinner count(int many) {
        new Label(form, SWT.NONE).setText(Messages.sweep_count);
        var spinner = new Spinner(form, SWT.BORDER);
        spinner.setValues(many, 1, Sweep.MOST, 0, 1, 5);
        return spinner;
    }

    private void wide(String words) {
        var label = new Label(form, SWT.WRAP);
        label.setText(words);
        label.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false, 6, 1));
    }

    /** The list itself, which the fields above it write, and which can be edited freely. */
    private Text list(String hint) {
        wide(hint);
        var list = new Text(form, SWT.BORDER | SWT.MULTI | SWT.WRAP | SWT.V_SCROLL);
        var room = new GridData(SWT.FILL, SWT.FILL, true, true, 6, 1);
        room.heightHint = LINES;
        room.widthHint = 320;
        list.setLayoutData(room);
        list.addListener(SWT.Modify, e -> changed.run());
        list.addListener(SWT.Traverse, e -> {
            // Tab leaves the field, as it does everywhere in a dialog
            e.doit |= e.detail == SWT.TRAVERSE_TAB_NEXT || e.detail == SWT.TRAVERSE_TAB_PREVIOUS;
        });
        return list;
    }

    private Supplier<Sweep> numbers() {
        double[] range = range();
        Text from = field(Messages.sweep_from, Values.number(range[0]));
        Text to = field(Messages.sweep_to, Values.number(range[1]));
        boolean whole = Sweep.isWhole(parameter);
        Spinner count = count(whole ? (int) Math.min(COUNT, range[1] - range[0] + 1) : COUNT);
        Text list = list(Messages.sweep_values);
        Runnable write = () -> {
            String words = from.getText().strip() + ".." + to.getText().strip() + ":" + count.getSelection();
            try {
                list.setText(
                        String.join(", ", Sweep.parse(target, parameter, words).values()));
            } catch (IllegalArgumentException e) {
                list.setText(words); // whose fault is told then
            }
        };
        from.addListener(SWT.Modify, e -> write.run());
        to.addListener(SWT.Modify, e -> write.run());
        count.addListener(SWT.Modify, e -> write.run());
        write.run();
        return () -> Sweep.parse(target, parameter, list.getText().replaceAll("\\R", ","));
    }

    /** What is worth a look: a small range whole, of a large one the values around that of the graph. */
    private double[] range() {
        double value = now instanceof Number n ? n.doubleValue() : 0;
        boolean bounded = Double.isFinite(parameter.min()) && Double.isFinite(parameter.max());
        if (bounded && parameter.max() - parameter.min() <= WHOLE_RANGE * Math.max(Math.abs(value), 0.1)) {
            return new double[] {parameter.min(), parameter.max()};
        }
        if (value == 0) {
            double to = bounded || Sweep.isWhole(parameter) ? REACH : 1;
            return new double[] {Math.max(parameter.min(), 0), Math.min(parameter.max(), to)};
        }
        double reach = Math.abs(value) / 2;
        if (Sweep.isWhole(parameter)) {
            reach = Math.max(2, Math.rint(reach));
        }
        return new double[] {Math.max(parameter.min(), value - reach), Math.min(parameter.max(), value + reach)};
    }

    private Supplier<Sweep> seeds() {
        long first = now instanceof Number n ? n.longValue() : 0;
        new Label(form, SWT.NONE).setText(Messages.sweep_seeds);
        var kind = new Combo(form, SWT.DROP_DOWN | SWT.READ_ONLY);
        kind.setItems(Messages.sweep_consecutive, Messages.sweep_random);
        kind.select(0);
        Text from = field(Messages.sweep_from, Long.toString(first));
        Spinner count = count(COUNT);
        Text list = list(Messages.sweep_values);
        Runnable write = () -> {
            from.setEnabled(kind.getSelectionIndex() == 0);
            list.setText((kind.getSelectionIndex() == 0
                            ? consecutive(from.getText(), count.getSelection())
                            : random(count.getSelection()))
                    .collect(Collectors.joining(", ")));
        };
        kind.addListener(SWT.Selection, e -> write.run());
        from.addListener(SWT.Modify, e -> write.run());
        count.addListener(SWT.Modify, e -> write.run());
        write.run();
        return () -> Sweep.parse(target, parameter, list.getText().replaceAll("\\R", ","));
    }

    private static Stream<String> consecutive(String from, int count) {
        try {
            long first = Long.parseLong(from.strip());
            return LongStream.range(first, first + count).mapToObj(Long::toString);
        } catch (NumberFormatException e) {
            return Stream.of(from); // whose fault is told then
        }
    }

    private Stream<String> random(int count) {
        long least = (long) Math.max(0, parameter.min());
        long most = (long) Math.min(MOST_SEED, parameter.max());
        return ThreadLocalRandom.current()
                .longs(least, most)
                .distinct()
                .limit(Math.min(count, most - least))
                .mapToObj(Long::toString);
    }

    private Supplier<Sweep> ticks(List<String> choices) {
        wide(Messages.sweep_choices);
        var table = new Table(form, SWT.CHECK | SWT.BORDER | SWT.V_SCROLL);
        var room = new GridData(SWT.FILL, SWT.FILL, true, true, 6, 1);
        room.heightHint = LINES;
        table.setLayoutData(room);
        for (String choice : choices) {
            var item = new TableItem(table, SWT.NONE);
            item.setText(choice);
            item.setChecked(true);
        }
        table.select(0);
        table.addListener(SWT.Selection, e -> changed.run());
        return () -> Sweep.of(
                target,
                parameter,
                Stream.of(table.getItems())
                        .filter(TableItem::getChecked)
                        .map(TableItem::getText)
                        .toList());
    }

    private Supplier<Sweep> lines(Supplier<List<String>> browse) {
        Text list = list(Messages.sweep_lines);
        String text = Objects.toString(parameter.toJson(now), "");
        list.setText(text.lines().count() > 1 ? "" : text);
        if (parameter.isFile()) {
            var button = new Button(form, SWT.PUSH);
            button.setText(Messages.sweep_files);
            button.setLayoutData(new GridData(SWT.RIGHT, SWT.CENTER, true, false, 6, 1));
            button.addListener(SWT.Selection, e -> {
                var all = new ArrayList<>(list.getText().lines().toList());
                browse.get().stream().filter(file -> !all.contains(file)).forEach(all::add);
                list.setText(String.join("\n", all));
            });
        }
        return () -> Sweep.of(
                target,
                parameter,
                list.getText().lines().filter(line -> !line.isBlank()).toList());
    }
}
