// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli.internal;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.jar.Manifest;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/**
 * The components of bundles on a plain class path, by a service property: the same descriptions that OSGi reads, so that
 * a command or a check is declared once. Components that refer to others are for OSGi alone.
 */
public final class Components {
    private Components() {}

    /** Makes the callables that carry the property, late; by its value. */
    public static <T> Map<String, Supplier<Callable<T>>> callables(ClassLoader loader, String property) {
        var found = new LinkedHashMap<String, Supplier<Callable<T>>>();
        for (URL description : descriptions(loader)) {
            Element root = parse(description);
            if (root.getElementsByTagName("reference").getLength() > 0) {
                continue;
            }
            var properties = root.getElementsByTagName("property");
            for (int i = 0; i < properties.getLength(); i++) {
                Element element = (Element) properties.item(i);
                if (property.equals(element.getAttribute("name"))) {
                    String type = ((Element)
                                    root.getElementsByTagName("implementation").item(0))
                            .getAttribute("class");
                    found.putIfAbsent(element.getAttribute("value"), () -> make(loader, type));
                }
            }
        }
        return found;
    }

    @SuppressWarnings("unchecked") // what the property promises
    private static <T> Callable<T> make(ClassLoader loader, String type) {
        try {
            return (Callable<T>) loader.loadClass(type).getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new IllegalStateException("the component " + type + " cannot be made: " + e, e);
        }
    }

    /** Where the manifests of the class path say that descriptions lie. */
    private static List<URL> descriptions(ClassLoader loader) {
        var found = new ArrayList<URL>();
        try {
            for (URL place : Collections.list(loader.getResources("META-INF/MANIFEST.MF"))) {
                String names;
                try (InputStream in = place.openStream()) {
                    names = new Manifest(in).getMainAttributes().getValue("Service-Component");
                }
                String root =
                        place.toString().substring(0, place.toString().length() - "META-INF/MANIFEST.MF".length());
                for (String name : names == null ? new String[0] : names.split("\\s*,\\s*")) {
                    found.add(URI.create(root + name).toURL());
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("the class path cannot be read: " + e.getMessage(), e);
        }
        return found;
    }

    private static Element parse(URL description) {
        try (InputStream in = description.openStream()) {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            return factory.newDocumentBuilder().parse(in).getDocumentElement();
        } catch (IOException | SAXException | ParserConfigurationException e) {
            throw new IllegalStateException(description + " cannot be read: " + e.getMessage(), e);
        }
    }
}
