// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.PlatformObject;
import org.eclipse.jface.resource.FontDescriptor;
import org.eclipse.jface.resource.ImageDescriptor;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.jface.resource.LocalResourceManager;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.ScrolledComposite;
import org.eclipse.swt.graphics.Font;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Link;
import org.eclipse.ui.IEditorInput;
import org.eclipse.ui.IEditorSite;
import org.eclipse.ui.IPersistableElement;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.part.EditorPart;
import org.eidolon.graph.Graphs;

/** What is seen first: templates to begin with, and the graphs that were opened lately. */
public final class Welcome extends EditorPart {
    static final String ID = "org.eidolon.studio.welcome";

    private Composite page;

    @Override
    public void init(IEditorSite site, IEditorInput input) {
        setSite(site);
        setInput(input);
        setPartName(Words.welcome);
    }

    @Override
    public void createPartControl(Composite parent) {
        var scroll = new ScrolledComposite(parent, SWT.V_SCROLL);
        scroll.setExpandHorizontal(true);
        scroll.setExpandVertical(true);
        page = new Composite(scroll, SWT.NONE);
        scroll.setContent(page);
        var layout = new GridLayout(2, true);
        layout.marginWidth = 48;
        layout.marginHeight = 36;
        layout.horizontalSpacing = 48;
        page.setLayout(layout);
        Font large = font(2.0);
        Font heading = font(1.25);
        var title = label(page, Words.title, large, 2);
        title.getAccessible();
        label(page, Words.welcome_line, null, 2);
        var left = column(page);
        label(left, Words.welcome_new, heading, 1);
        for (Template template : Template.values()) {
            card(left, template);
        }
        var right = column(page);
        label(right, Words.welcome_open, heading, 1);
        link(right, Words.welcome_browse, this::browse);
        List<Path> recent = Recent.files();
        if (!recent.isEmpty()) {
            label(right, Words.welcome_recent, heading, 1);
        }
        for (Path file : recent) {
            link(right, file.getFileName().toString(), () -> open(file)).setToolTipText(file.toString());
            label(right, String.valueOf(file.getParent()), null, 1);
        }
        scroll.setMinSize(page.computeSize(SWT.DEFAULT, SWT.DEFAULT));
    }

    private Font font(double factor) {
        var resources = new LocalResourceManager(JFaceResources.getResources(), page);
        int height = (int) (JFaceResources.getDialogFont().getFontData()[0].getHeight() * factor);
        return resources.create(
                FontDescriptor.createFrom(JFaceResources.getDialogFont()).setHeight(height));
    }

    private static Composite column(Composite parent) {
        var column = new Composite(parent, SWT.NONE);
        var layout = new GridLayout();
        layout.marginWidth = 0;
        layout.verticalSpacing = 8;
        column.setLayout(layout);
        column.setLayoutData(new GridData(SWT.FILL, SWT.TOP, true, false));
        return column;
    }

    private static Label label(Composite parent, String text, Font font, int span) {
        var label = new Label(parent, SWT.WRAP);
        label.setText(text);
        if (font != null) {
            label.setFont(font);
        }
        var data = new GridData(SWT.FILL, SWT.TOP, true, false, span, 1);
        data.widthHint = 320;
        label.setLayoutData(data);
        return label;
    }

    private void card(Composite parent, Template template) {
        var button = new Button(parent, SWT.PUSH | SWT.LEFT);
        button.setText(template.title());
        button.setToolTipText(template.text());
        button.setLayoutData(new GridData(SWT.FILL, SWT.TOP, true, false));
        button.addListener(SWT.Selection, e -> begin(template));
        label(parent, template.text(), null, 1);
    }

    private static Link link(Composite parent, String text, Runnable work) {
        var link = new Link(parent, SWT.NONE);
        link.setText("<a>" + text.replace("&", "&&") + "</a>");
        link.addListener(SWT.Selection, e -> work.run());
        return link;
    }

    private void begin(Template template) {
        try {
            open(template.unpack(Template.home()));
        } catch (IOException e) {
            Opening.complain(getSite().getPage(), e);
        }
    }

    private void browse() {
        var dialog = new FileDialog(getSite().getShell(), SWT.OPEN);
        dialog.setFilterExtensions(new String[] {"*." + Graphs.EXTENSION + ";*.glb"});
        String chosen = dialog.open();
        if (chosen != null) {
            open(Path.of(chosen));
        }
    }

    private void open(Path file) {
        try {
            Opening.open(getSite().getPage(), file);
        } catch (PartInitException e) {
            Opening.complain(getSite().getPage(), e);
        }
    }

    @Override
    public void setFocus() {
        page.setFocus();
    }

    @Override
    public void doSave(IProgressMonitor monitor) {}

    @Override
    public void doSaveAs() {}

    @Override
    public boolean isDirty() {
        return false;
    }

    @Override
    public boolean isSaveAsAllowed() {
        return false;
    }

    /** There is one welcome, and it is not kept over the end of the program. */
    static final class Input extends PlatformObject implements IEditorInput {
        @Override
        public boolean exists() {
            return true;
        }

        @Override
        public ImageDescriptor getImageDescriptor() {
            return null;
        }

        @Override
        public String getName() {
            return Words.welcome;
        }

        @Override
        public IPersistableElement getPersistable() {
            return null;
        }

        @Override
        public String getToolTipText() {
            return Words.welcome;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Input;
        }

        @Override
        public int hashCode() {
            return Input.class.hashCode();
        }
    }
}
