// SPDX-License-Identifier: EPL-2.0
package org.eidolon.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Every method is called somewhere: by a bundle, an example, a test or a tool. Methods count by their names, so one that
 * shares its name with another that is called goes unseen; one that is named here has no caller for certain.
 */
class CallersTest {
    /** Called by others than Java sources of this project, and by whom. */
    private static final Map<String, String> CALLED_BY_OTHERS = Map.of(
            "main", "Java",
            "removeLibrary", "Declarative Services, as the counterpart of addLibrary",
            "removeAccelerator", "Declarative Services, as the counterpart of addAccelerator",
            "getCursor", "GEF",
            "fuzzerTestOneInput", "the fuzzer");

    private static final Set<String> WORDS = Set.of(
            "new",
            "return",
            "else",
            "throw",
            "public",
            "protected",
            "private",
            "static",
            "final",
            "abstract",
            "record");

    private static final Pattern TEXT = Pattern.compile(
            "\"\"\"[\\s\\S]*?\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"|'(?:\\\\.|[^'\\\\\\n])+'|/\\*[\\s\\S]*?\\*/|//[^\\n]*");

    private static final Pattern CALL = Pattern.compile("::\\s*(\\w+)|\\b(\\w+)\\s*\\(");

    /** Annotations, modifiers and type parameters, then the type and the name. */
    private static final Pattern METHOD = Pattern.compile(
            "^[ \\t]*((?:@\\w+(?:\\([^()]*\\))?\\s+)*)"
                    + "(?:(?:public|protected|private|static|final|abstract|default|synchronized|native)\\s+)*"
                    + "(?:<[^>{;]+>\\s+)?([\\w.]+(?:<[^;{}()=]*>)?(?:\\[\\])*)\\s+(\\w+)\\s*\\([^;{}]*?\\)"
                    + "\\s*(?:throws [\\w., \\n]+)?\\s*[{;]",
            Pattern.MULTILINE);

    private record Method(String file, String name) {}

    /** What sources declare and call, by counting names. */
    private static final class Names {
        private final List<Method> declared = new ArrayList<>();
        private final Map<String, Integer> declarations = new HashMap<>();
        private final Map<String, Integer> mentions = new HashMap<>();

        /** @param name of the file; null where nothing that it declares is asked about */
        void add(String name, String source) {
            String code = TEXT.matcher(source).replaceAll(" ");
            Matcher call = CALL.matcher(code);
            while (call.find()) {
                mentions.merge(call.group(1) != null ? call.group(1) : call.group(2), 1, Integer::sum);
            }
            Matcher method = METHOD.matcher(code);
            while (method.find()) {
                if (WORDS.contains(method.group(2))) {
                    continue;
                }
                declarations.merge(method.group(3), 1, Integer::sum);
                boolean annotated = !method.group(1).isEmpty(); // it overrides, or a framework calls it
                if (name != null && !annotated) {
                    declared.add(new Method(name, method.group(3)));
                }
            }
        }

        List<String> uncalled() {
            return declared.stream()
                    .filter(method -> mentions.get(method.name()) <= declarations.get(method.name()))
                    .filter(method -> !CALLED_BY_OTHERS.containsKey(method.name()))
                    .map(method -> method.file() + ": " + method.name())
                    .distinct()
                    .toList();
        }
    }

    @Test
    void everyMethodIsCalled() throws IOException {
        Repository repository = Repository.find();
        var names = new Names();
        for (Path file : repository.files()) {
            String path = repository.root().relativize(file).toString();
            if (path.endsWith(".java") && !path.contains("/src-gen/")) {
                boolean ours = path.startsWith("bundles/") || path.startsWith("examples/");
                names.add(ours ? path : null, Files.readString(file));
            }
        }
        assertThat(names.declared).hasSizeGreaterThan(3000);
        assertThat(names.uncalled())
                .as("methods that nothing calls: delete them")
                .isEmpty();
    }

    @Test
    void whatIsNotCalledIsFound() {
        var names = new Names();
        names.add("A.java", """
                class A {
                    A() {}
                    /** Not called, whatever is said of dead(). */
                    static <T> List<T> dead(Map<String, T> x) throws IOException {
                        return called("dead()");
                    }
                    private int called(String x) { return 1; }
                    int referred() { return 1; }
                    @Override
                    public String overriding() { return ""; }
                    interface B {
                        boolean lonely(int x);
                    }
                }
                """);
        assertThat(names.uncalled()).containsExactly("A.java: dead", "A.java: referred", "A.java: lonely");
        names.add(null, "class ATest { void test() { run(A::referred); new B().lonely(1); } }");
        assertThat(names.uncalled()).containsExactly("A.java: dead");
    }
}
