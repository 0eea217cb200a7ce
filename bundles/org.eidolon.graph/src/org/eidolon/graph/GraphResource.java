// SPDX-License-Identifier: EPL-2.0
package org.eidolon.graph;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.eclipse.emf.common.util.URI;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.resource.Resource;
import org.eclipse.emf.ecore.resource.impl.ResourceImpl;
import org.eidolon.graph.model.Element;
import org.eidolon.graph.model.Graph;

/**
 * A .eidolon file as an EMF resource. Elements are found by their ids: {@code photo} is the fragment of the node photo.
 * A file URI is saved beside and renamed; other URIs are streamed.
 */
public class GraphResource extends ResourceImpl {
    public GraphResource(URI uri) {
        super(uri);
    }

    /** The graph, or null before loading. */
    public Graph graph() {
        return getContents().isEmpty() ? null : (Graph) getContents().get(0);
    }

    @Override
    protected void doLoad(InputStream in, Map<?, ?> options) throws IOException {
        getContents().add(GraphFiles.load(in));
    }

    @Override
    public void save(Map<?, ?> options) throws IOException {
        if (!getURI().isFile()) {
            super.save(options);
            return;
        }
        GraphFiles.save(graph(), Path.of(getURI().toFileString()));
        setModified(false);
    }

    @Override
    protected void doSave(OutputStream out, Map<?, ?> options) throws IOException {
        out.write(GraphWriter.write(graph()).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    protected EObject getEObjectByID(String id) {
        Graph graph = graph();
        return graph == null
                ? null
                : Graphs.elements(graph).stream()
                        .filter(element -> id.equals(element.getId()))
                        .findFirst()
                        .orElse(null);
    }

    @Override
    public String getURIFragment(EObject object) {
        return object instanceof Element element && element.getId() != null
                ? element.getId()
                : super.getURIFragment(object);
    }

    /** Makes resources for the extension .eidolon. */
    public static class Factory implements Resource.Factory {
        @Override
        public Resource createResource(URI uri) {
            return new GraphResource(uri);
        }

        /** Registers the factory where OSGi does not: in a plain JVM. */
        public static void register() {
            Resource.Factory.Registry.INSTANCE.getExtensionToFactoryMap().putIfAbsent(Graphs.EXTENSION, new Factory());
        }
    }
}
