// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eidolon.encoders.Identity;
import org.eidolon.nodes.internal.Slugs;
import org.eidolon.nodes.value.Expressions;
import org.eidolon.nodes.value.HeadValues;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExpressionPromptsTest {
    @TempDir
    Path folder;

    @Test
    void wordsBecomeVectorsThatTellLikeFromUnlike() throws Exception {
        var bench = new Workbench(folder);
        var graph = bench.graph("'e': {'type': 'expression.prompts@1'}");
        Expressions standard = bench.value(bench.done(graph), "e", "expressions", HeadValues.EXPRESSIONS);
        assertThat(standard.prompts())
                .hasSize(13)
                .startsWith("neutral", "smile")
                .contains("eyes closed");
        assertThat(standard.slugs()).contains("eyes-closed", "mouth-left");
        assertThat(Identity.cosine(standard.embedding(0), standard.embedding(0)))
                .isCloseTo(1, within(1e-6));

        var own = graph.withSettings(Map.of("e.prompts", "angry shouting; a  wide\tgrin;smiling broadly"));
        Expressions three = bench.value(bench.done(own), "e", "expressions", HeadValues.EXPRESSIONS);
        assertThat(three.prompts()).containsExactly("angry shouting", "a wide grin", "smiling broadly");
        assertThat(Identity.cosine(three.embedding(1), three.embedding(2)))
                .isGreaterThan(Identity.cosine(three.embedding(1), three.embedding(0)));
    }

    @Test
    void badPromptsAreNamed() throws Exception {
        var bench = new Workbench(folder);
        assertThat(failure(bench, "neutral; smile; Neutral")).contains("expressions 1 and 3 are both 'Neutral'");
        assertThat(failure(bench, "neutral;; smile")).contains("expression 2 of 'neutral;; smile' is empty");
        assertThat(failure(bench, "neutral;")).contains("expression 2", "is empty", "remove the semicolon");
        assertThat(failure(bench, "a;b;c;d;e;f;g;h;i;j;k;l;m;n")).contains("14 expressions are more than the 13");
    }

    private static String failure(Workbench bench, String prompts) throws Exception {
        return bench.failure(
                bench.graph("'e': {'type': 'expression.prompts@1'}").withSettings(Map.of("e.prompts", prompts)));
    }

    @Test
    void slugsAreFileNamesAndDiffer() {
        assertThat(Slugs.of(List.of("Eyes closed", "é à ß!", "笑顔", "eyes-closed", "../../etc/passwd", "x".repeat(99))))
                .containsExactly("eyes-closed", "e-a", "expression-3", "eyes-closed-2", "etc-passwd", "x".repeat(60));
    }
}
