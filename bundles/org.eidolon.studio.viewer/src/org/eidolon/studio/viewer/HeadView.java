// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.viewer;

import java.nio.file.Path;
import java.util.Arrays;
import org.eclipse.jface.action.Action;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.swt.SWT;
import org.eclipse.swt.dnd.DND;
import org.eclipse.swt.dnd.DropTarget;
import org.eclipse.swt.dnd.DropTargetAdapter;
import org.eclipse.swt.dnd.DropTargetEvent;
import org.eclipse.swt.dnd.FileTransfer;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.ui.IMemento;
import org.eclipse.ui.IViewSite;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.part.ViewPart;
import org.eidolon.studio.viewer.scene.DrawMode;
import org.eidolon.studio.viewer.scene.LightRig;
import org.eidolon.studio.viewer.scene.Staging;

/** The workbench's view of a head. Whoever has a head to show finds it by its id and uses its {@link #panel}. */
public final class HeadView extends ViewPart {
    public static final String ID = "org.eidolon.studio.viewer.head";

    private static final String MODE = "mode";
    private static final String RIG = "rig";

    private HeadPanel panel;
    private IMemento remembered;

    @Override
    public void init(IViewSite site, IMemento memento) throws PartInitException {
        super.init(site, memento);
        remembered = memento;
    }

    @Override
    public void createPartControl(Composite parent) {
        panel = new HeadPanel(parent);
        restore();
        var menu = getViewSite().getActionBars().getMenuManager();
        menu.add(action("open", this::open));
        menu.add(action("save", this::save));
        panel.canvas().addListener(SWT.KeyDown, event -> {
            if (event.character == 's') {
                save();
            }
        });
        var drop = new DropTarget(panel, DND.DROP_COPY | DND.DROP_DEFAULT);
        drop.setTransfer(FileTransfer.getInstance());
        drop.addDropListener(new DropTargetAdapter() {
            @Override
            public void dragEnter(DropTargetEvent event) {
                event.detail = DND.DROP_COPY;
            }

            @Override
            public void drop(DropTargetEvent event) {
                if (event.data instanceof String[] files && files.length > 0) {
                    panel.openAny(Path.of(files[0]));
                }
            }
        });
    }

    private static Action action(String word, Runnable work) {
        var action = new Action(Words.of(word)) {
            @Override
            public void run() {
                work.run();
            }
        };
        action.setToolTipText(Words.of(word + ".tip"));
        return action;
    }

    /** What shows the head. */
    public HeadPanel panel() {
        return panel;
    }

    private void open() {
        var dialog = new FileDialog(panel.getShell(), SWT.OPEN);
        dialog.setFilterExtensions(new String[] {"*.glb"});
        String file = dialog.open();
        if (file != null) {
            panel.open(Path.of(file));
        }
    }

    private void save() {
        var dialog = new FileDialog(panel.getShell(), SWT.SAVE);
        dialog.setFilterExtensions(new String[] {"*.png"});
        dialog.setFileName("head.png");
        dialog.setOverwrite(true);
        String file = dialog.open();
        if (file != null) {
            panel.save(Path.of(file)).exceptionally(trouble -> {
                getViewSite().getShell().getDisplay().asyncExec(() -> refused(trouble));
                return null;
            });
        }
    }

    private void refused(Throwable trouble) {
        Throwable cause = trouble.getCause() == null ? trouble : trouble.getCause();
        MessageDialog.openError(getViewSite().getShell(), Words.of("save.failed"), cause.getMessage());
    }

    @Override
    public void saveState(IMemento memento) {
        Staging view = panel.canvas().view();
        memento.putString(MODE, view.mode().name());
        memento.putString(RIG, view.rig().name());
    }

    private void restore() {
        if (remembered == null) {
            return;
        }
        Staging view = panel.canvas().view();
        String mode = remembered.getString(MODE);
        String rig = remembered.getString(RIG);
        // of another version of the studio there may be names that this one does not know
        for (DrawMode known : DrawMode.values()) {
            view = known.name().equals(mode) ? view.withMode(known) : view;
        }
        LightRig light = Arrays.stream(LightRig.values())
                .filter(known -> known.name().equals(rig))
                .findFirst()
                .orElse(view.rig());
        panel.canvas().view(view.withLight(light, view.turn(), view.exposure()));
    }

    @Override
    public void setFocus() {
        panel.setFocus();
    }
}
