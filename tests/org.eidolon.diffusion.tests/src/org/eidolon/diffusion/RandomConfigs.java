// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Configurations that {@code releng/reference/random_configs.py} drew, and what the reference made of them: those that are kept
 * here, or others in the folder that the property {@code eidolon.configs} names ({@code releng/checks/configs}).
 */
final class RandomConfigs {
    private static final String ELSEWHERE = System.getProperty("eidolon.configs", "");

    private RandomConfigs() {}

    static Path file(String name, Path folder) {
        return ELSEWHERE.isEmpty() ? Fixture.file(name, folder) : Path.of(ELSEWHERE, name);
    }

    static JsonArray cases(String name, Path folder) throws IOException {
        return JsonParser.parseString(Files.readString(file(name, folder)))
                .getAsJsonObject()
                .getAsJsonArray("cases");
    }
}
