// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eidolon.encoders.Identity;
import org.eidolon.engine.Planner;
import org.eidolon.engine.RunEvent;
import org.eidolon.head.latent.Said;
import org.eidolon.nodes.internal.Prompt;
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
        assertThat(standard.names()).hasSize(13).startsWith("neutral", "smile").contains("eyes closed");
        assertThat(standard.slugs()).contains("eyes-closed", "mouth-left");
        assertThat(Identity.cosine(standard.embedding(0), standard.embedding(0)))
                .isCloseTo(1, within(1e-6));

        var own = graph.withSettings(Map.of("e.prompts", "angry shouting; a  wide\tgrin;smiling broadly"));
        Expressions three = bench.value(bench.done(own), "e", "expressions", HeadValues.EXPRESSIONS);
        assertThat(three.names()).containsExactly("angry shouting", "a wide grin", "smiling broadly");
        assertThat(Identity.cosine(three.embedding(1), three.embedding(2)))
                .isGreaterThan(Identity.cosine(three.embedding(1), three.embedding(0)));
    }

    @Test
    void badPromptsAreNamed() throws Exception {
        var bench = new Workbench(folder);
        assertThat(failure(bench, "neutral; smile; Neutral")).contains("expressions 1 and 3 are both 'Neutral'");
        assertThat(failure(bench, "neutral;; smile")).contains("expression 2 of 'neutral;; smile' is empty");
        assertThat(failure(bench, "neutral;")).contains("expression 2", "is empty", "remove the semicolon");
        assertThat(failure(bench, "neutral; " + "very ".repeat(17_000) + "happy"))
                .contains("nodes.e.params.prompts", "the expressions are 85014 letters long");
        assertThat(failure(bench, "neutral; " + "very ".repeat(400) + "happy"))
                .contains("expression 2, 'very very very very very very very very…', is 2005 letters long")
                .hasSizeLessThan(300);
        assertThat(failure(bench, "a;b;c;d;e;f;g;h;i;j;k;l;m;n")).contains("14 expressions are more than the 13");
    }

    @Test
    void intensitiesStandAfterAnAt() throws Exception {
        var bench = new Workbench(folder);
        var graph = bench.graph("'e': {'type': 'expression.prompts@1'}");
        var ramp = graph.withSettings(Map.of("e.prompts", "neutral; smile @ 0; smile@.5;  smile @ 1.0; Smile @  1.50"));
        Expressions five = bench.value(bench.done(ramp), "e", "expressions", HeadValues.EXPRESSIONS);
        assertThat(five.names()).containsExactly("neutral", "smile @ 0", "smile @ 0.5", "smile", "Smile @ 1.5");
        assertThat(five.slugs()).containsExactly("neutral", "smile-0", "smile-0-5", "smile", "smile-1-5");
        assertThat(five.words()).containsExactly("neutral", "smile", "smile", "smile", "Smile");
        assertThat(five.said().get(2)).isEqualTo(new Said("smile", 0.5));
        assertThat(five.intensities()).containsExactly(1, 0, 0.5f, 1, 1.5f);
        assertThat(five.embedding(2)).as("the words alone are encoded").containsExactly(five.embedding(3));
        assertThat(five.rest()).containsExactly(five.embedding(0));

        var half = graph.withSettings(Map.of("e.prompts", "neutral; smile; kiss @ 1", "e.intensity", "0.5"));
        Expressions common = bench.value(bench.done(half), "e", "expressions", HeadValues.EXPRESSIONS);
        assertThat(common.names()).containsExactly("neutral", "smile", "kiss @ 1");
        assertThat(common.intensities()).containsExactly(0.5f, 0.5f, 1);
    }

    @Test
    void badIntensitiesAreNamed() throws Exception {
        var bench = new Workbench(folder);
        assertThat(failure(bench, "neutral; grin @ 1.6"))
                .contains("expression 2, 'grin @ 1.6'", "an intensity is 0 to 1.5, not 1.6", "a wide grin @ 0.5");
        for (String wrong : List.of("-0.5", "999999999")) {
            assertThat(failure(bench, "grin @ " + wrong)).contains("an intensity is 0 to 1.5, not " + wrong);
        }
        for (String wrong : List.of("NaN", "Infinity", "", "half", "50%", "0,5", "0.5 and sad", "1e-3", "0.5 @ 0.5")) {
            assertThat(failure(bench, "grin @ " + wrong))
                    .as(wrong)
                    .contains("expression 1", "after @ stands one number from 0 to 1.5");
        }
        assertThat(failure(bench, "neutral; @ 0.5")).contains("expression 2, '@ 0.5', has no words");
        assertThat(failure(bench, "smile; smile @ 1")).contains("expressions 1 and 2 are both 'smile'");
        for (String other :
                List.of("(smile:1.2)", "smile (0.5)", "smile: 0.5", "smile 0.5", "smile 50%", "smile * 2")) {
            assertThat(failure(bench, other)).as(other).contains("ends like a strength", "a wide grin @ 0.5");
        }
        assertThat(Prompt.read("action unit 12; a smile.; AU6+12", 1, 13)).hasSize(3);
        assertThatThrownBy(() -> new Planner(bench.types)
                        .plan(bench.graph("'e': {'type': 'expression.prompts@1'}")
                                .withSettings(Map.of("e.intensity", "1.51"))))
                .hasMessageContainingAll("intensity", "1.5");
    }

    @Test
    void wordsThatAreNotReadOrMeanNothingAreTold() throws Exception {
        var bench = new Workbench(folder);
        assertThat(warnings(bench, "neutral; a wide grin; squinting in bright sunlight; smirking; like a villain"))
                .isEmpty();
        assertThat(warnings(bench, "neutral; 😀; smile 🎉"))
                .hasSize(2)
                .anyMatch(w -> w.contains("'😀'") && w.contains("is not read"))
                .anyMatch(w -> w.contains("'smile 🎉': 🎉 is not read"));
        assertThat(warnings(bench, "neutral; lächeln; улыбка"))
                .hasSize(2)
                .allMatch(w -> w.contains("is far from all that priors have met") && w.contains("English"))
                .anyMatch(w -> w.contains("'lächeln'"))
                .anyMatch(w -> w.contains("'улыбка'"));
        assertThat(warnings(bench, "smile " + "and smile again ".repeat(50) + "with tears"))
                .singleElement()
                .asString()
                .contains("is too long", "and smile again");
        assertThat(failure(bench, "x".repeat(85_000))).contains("85000 letters long", "in a few words");
    }

    private static List<String> warnings(Workbench bench, String prompts) throws Exception {
        bench.done(bench.graph("'e': {'type': 'expression.prompts@1'}").withSettings(Map.of("e.prompts", prompts)));
        return bench.events.stream()
                .filter(event -> event instanceof RunEvent.Log log && log.level() == RunEvent.Level.WARNING)
                .map(event -> ((RunEvent.Log) event).message())
                .toList();
    }

    private static String failure(Workbench bench, String prompts) throws Exception {
        return bench.refusal(
                bench.graph("'e': {'type': 'expression.prompts@1'}").withSettings(Map.of("e.prompts", prompts)));
    }

    @Test
    void slugsAreFileNamesAndDiffer() {
        assertThat(Slugs.of(List.of("Eyes closed", "é à ß!", "笑顔", "eyes-closed", "../../etc/passwd", "x".repeat(99))))
                .containsExactly("eyes-closed", "e-a", "expression-3", "eyes-closed-2", "etc-passwd", "x".repeat(60));
    }
}
