// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.core.commands.Command;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.commands.ICommandService;
import org.eclipse.ui.keys.IBindingService;
import org.eidolon.studio.editor.base.Messages;
import org.junit.jupiter.api.Test;

/** Every word is there in English and in German, and every command has a key. */
class LanguagesTest {
    private static final Pattern VALUE = Pattern.compile("\\{\\d}");

    private static Properties properties(String name) throws Exception {
        var properties = new Properties();
        try (InputStream in = LanguagesTest.class.getResourceAsStream(name)) {
            properties.load(new InputStreamReader(in, StandardCharsets.ISO_8859_1));
        }
        return properties;
    }

    @Test
    void everyMessageIsThereInBothLanguages() throws Exception {
        Properties english = properties("/org/eidolon/studio/editor/base/messages.properties");
        Properties german = properties("/org/eidolon/studio/editor/base/messages_de.properties");
        Set<String> fields = new HashSet<>();
        Arrays.stream(Messages.class.getFields())
                .filter(field -> field.getDeclaringClass() == Messages.class && Modifier.isStatic(field.getModifiers()))
                .forEach(field -> fields.add(field.getName()));
        assertThat(english.stringPropertyNames()).isEqualTo(fields);
        assertThat(german.stringPropertyNames()).isEqualTo(fields);
        for (String key : fields) {
            assertThat(VALUE.matcher(german.getProperty(key)).results().count())
                    .as(key)
                    .isEqualTo(VALUE.matcher(english.getProperty(key)).results().count());
        }
        assertThat(properties("/plugin.properties").stringPropertyNames())
                .isEqualTo(properties("/plugin_de.properties").stringPropertyNames());
    }

    @Test
    void everyCommandOfTheEditorHasAKey() {
        Desk.uiDo(() -> {
            var commands = PlatformUI.getWorkbench().getService(ICommandService.class);
            var bindings = PlatformUI.getWorkbench().getService(IBindingService.class);
            var without = new java.util.ArrayList<String>();
            int seen = 0;
            for (Command command : commands.getDefinedCommands()) {
                if (command.getId().startsWith("org.eidolon.studio.editor.")) {
                    seen++;
                    if (bindings.getActiveBindingsFor(command.getId()).length == 0) {
                        without.add(command.getId());
                    }
                }
            }
            assertThat(without).isEmpty();
            assertThat(seen).isGreaterThan(20);
        });
    }
}
