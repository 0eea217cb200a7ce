// SPDX-License-Identifier: EPL-2.0
package org.eidolon.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every relative link and picture in a Markdown file leads to a file of the checkout, and to its heading if it has one. */
class LinksTest {
    /** Behind a text in brackets, behind the name of a reference, or in a tag. */
    private static final Pattern LINK = Pattern.compile("\\]\\(\\s*<?(?<in>[^)\\s>]+)[^)]*\\)"
            + "|(?m)^\\s*\\[[^\\]]+\\]:\\s+(?<by>\\S+)"
            + "|(?:src|href)=\"(?<tag>[^\"]+)\"");

    private static final Pattern FENCE = Pattern.compile("(?ms)^ {0,3}(```+|~~~+).*?^ {0,3}\\1\\s*$");
    private static final Pattern CODE = Pattern.compile("(`+)[^`].*?\\1");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6}\\s+(.*?)\\s*#*$");
    private static final Pattern ELSEWHERE = Pattern.compile("^(?:[a-z][a-z0-9+.-]*:|//).*");

    private final Repository repository = Repository.find();

    @Test
    void linksLeadSomewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        int documents = 0;
        for (Path file : repository.files()) {
            if (file.getFileName().toString().endsWith(".md")) {
                documents++;
                broken.addAll(broken(file));
            }
        }
        assertThat(documents).isGreaterThan(5);
        assertThat(broken).isEmpty();
    }

    @Test
    void theRuleCatchesWhatItIsFor(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("other.md"), "# One `two`, three\n```\n# no heading\n```\n");
        Path file = Files.writeString(folder.resolve("a.md"), """
                [good](other.md) [good](other.md#one-two-three) [good](#here) `[code](none)`
                [far](https://example.org/x)
                # Here
                ```
                [code](none)
                ```
                [bad](missing.md) ![bad](images/none.png "title") [bad](other.md#no-heading) [bad](#there)
                <img src="gone.png"> [by name][name]

                [name]: nowhere.md
                """);
        assertThat(broken(file))
                .map(line -> line.replaceAll(".*: ", ""))
                .containsExactlyInAnyOrder(
                        "missing.md", "images/none.png", "other.md#no-heading", "#there", "gone.png", "nowhere.md");
    }

    private static List<String> broken(Path file) throws IOException {
        String text = CODE.matcher(withoutFences(file)).replaceAll("");
        List<String> broken = new ArrayList<>();
        var found = LINK.matcher(text);
        while (found.find()) {
            String link = Stream.of("in", "by", "tag")
                    .map(found::group)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElseThrow();
            if (!ELSEWHERE.matcher(link).matches() && !leads(file, link)) {
                broken.add(file.getFileName() + ": " + link);
            }
        }
        return broken;
    }

    private static boolean leads(Path from, String link) throws IOException {
        int hash = link.indexOf('#');
        String path = hash < 0 ? link : link.substring(0, hash);
        Path target = path.isEmpty() ? from : from.resolveSibling(path);
        if (!Files.exists(target)) {
            return false;
        }
        return hash < 0 || !target.toString().endsWith(".md") || anchors(target).contains(link.substring(hash + 1));
    }

    /** What headings are called in links: lower case, no punctuation, dashes for spaces, numbered where they repeat. */
    private static Set<String> anchors(Path file) throws IOException {
        Set<String> anchors = new HashSet<>();
        var heading = HEADING.matcher(withoutFences(file));
        while (heading.find()) {
            String name = heading.group(1)
                    .replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1")
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N} _-]", "")
                    .replace(' ', '-');
            String free = name;
            for (int n = 1; !anchors.add(free); n++) {
                free = name + "-" + n;
            }
        }
        return anchors;
    }

    private static String withoutFences(Path file) throws IOException {
        return FENCE.matcher(Files.readString(file)).replaceAll("");
    }
}
