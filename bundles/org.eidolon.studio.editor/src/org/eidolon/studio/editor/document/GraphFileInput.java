// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.document;

import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.core.runtime.IAdaptable;
import org.eclipse.core.runtime.IPath;
import org.eclipse.core.runtime.PlatformObject;
import org.eclipse.jface.resource.ImageDescriptor;
import org.eclipse.ui.IElementFactory;
import org.eclipse.ui.IMemento;
import org.eclipse.ui.IPathEditorInput;
import org.eclipse.ui.IPersistableElement;

/** A graph file to be edited; it is remembered over the end of the program. */
public final class GraphFileInput extends PlatformObject implements IPathEditorInput, IPersistableElement {
    static final String FACTORY = "org.eidolon.studio.editor.graphFileInput";
    private static final String FILE = "file";

    private final Path file;

    public GraphFileInput(Path file) {
        this.file = file.toAbsolutePath().normalize();
    }

    public Path file() {
        return file;
    }

    @Override
    public boolean exists() {
        return Files.exists(file);
    }

    @Override
    public IPath getPath() {
        return IPath.fromPath(file);
    }

    @Override
    public ImageDescriptor getImageDescriptor() {
        return null;
    }

    @Override
    public String getName() {
        return file.getFileName().toString();
    }

    @Override
    public String getToolTipText() {
        return file.toString();
    }

    @Override
    public IPersistableElement getPersistable() {
        return this;
    }

    @Override
    public String getFactoryId() {
        return FACTORY;
    }

    @Override
    public void saveState(IMemento memento) {
        memento.putString(FILE, file.toString());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GraphFileInput input && input.file.equals(file);
    }

    @Override
    public int hashCode() {
        return file.hashCode();
    }

    /** Makes the input again when the program starts; of a file that is gone, none. */
    public static final class Factory implements IElementFactory {
        @Override
        public IAdaptable createElement(IMemento memento) {
            String file = memento.getString(FILE);
            return file == null || !Files.exists(Path.of(file)) ? null : new GraphFileInput(Path.of(file));
        }
    }
}
