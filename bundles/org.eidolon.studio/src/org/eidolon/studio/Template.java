// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** A graph to begin with; it is unpacked into a folder of its own. */
enum Template {
    QUICK,
    PORTRAIT,
    PHOTOS,
    EXPRESSIONS,
    COMPARE;

    private static final String PHOTO = "assets/eileen-collins.jpg";

    String title() {
        return switch (this) {
            case QUICK -> Words.template_quick;
            case PORTRAIT -> Words.template_portrait;
            case PHOTOS -> Words.template_photos;
            case EXPRESSIONS -> Words.template_expressions;
            case COMPARE -> Words.template_compare;
        };
    }

    String text() {
        return switch (this) {
            case QUICK -> Words.template_quick_text;
            case PORTRAIT -> Words.template_portrait_text;
            case PHOTOS -> Words.template_photos_text;
            case EXPRESSIONS -> Words.template_expressions_text;
            case COMPARE -> Words.template_compare_text;
        };
    }

    private String graph() {
        return name().toLowerCase(Locale.ROOT) + ".eidolon";
    }

    /** Where new graphs go: a folder that people find. */
    static Path home() {
        return Path.of(System.getProperty("user.home"), "Eidolon");
    }

    /**
     * Copies the template into a new folder.
     *
     * @return the graph file in it
     */
    Path unpack(Path home) throws IOException {
        Path folder = home.resolve(title());
        for (int i = 2; Files.exists(folder); i++) {
            folder = home.resolve(title() + " " + i);
        }
        Files.createDirectories(folder.resolve("assets"));
        copy(PHOTO, folder.resolve(PHOTO));
        Path graph = folder.resolve(graph());
        copy(graph(), graph);
        return graph;
    }

    private static void copy(String name, Path to) throws IOException {
        try (InputStream in = Template.class.getResourceAsStream("/templates/" + name)) {
            if (in == null) {
                throw new UncheckedIOException(new IOException("the template's file " + name + " is missing"));
            }
            Files.copy(in, to);
        }
    }
}
