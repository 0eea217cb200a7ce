// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eidolon.api.Doc;
import org.eidolon.api.Node;
import org.eidolon.api.NodeType;
import org.eidolon.api.Param;
import org.eidolon.api.ParameterChecks;
import org.eidolon.api.Run;
import org.eidolon.encoders.SentenceEncoder;
import org.eidolon.head.model.Expression;
import org.eidolon.head.stage.Worn;
import org.eidolon.models.Models;
import org.eidolon.nodes.internal.Encoders;
import org.eidolon.nodes.internal.Faults;
import org.eidolon.nodes.internal.Prompt;
import org.eidolon.nodes.internal.Slugs;
import org.eidolon.nodes.internal.UsedModels;
import org.eidolon.nodes.internal.WordCheck;
import org.eidolon.nodes.value.Expressions;

/** Expressions in words (Sentence-BERT). */
@NodeType(
        id = "expression.prompts",
        category = "Expression",
        name = "Expressions",
        doc = "The expressions that the head is to wear, in English words, separated by semicolons or lines. The first "
                + "is the one that programs show which read a single scene; usually neutral. '@' and a number say how "
                + "strongly: 'smile @ 0.5' is half a smile, 'smile @ 1.5' the most; 0 is a face at rest.")
public record ExpressionPrompts(
        @Param(
                doc = "up to " + Expression.COUNT
                        + " expressions, such as: neutral; a wide grin @ 0.5; shouting in anger",
                widget = Param.Widget.MULTILINE,
                required = true)
        String prompts,

        @Param(
                min = 0,
                max = Worn.STRONGEST,
                step = 0.05,
                widget = Param.Widget.SLIDER,
                doc = "how strongly the expressions are worn that name no number of their own; 1 is as the words say")
        double intensity)
        implements Node<ExpressionPrompts.Out> {

    public record Out(
            @Doc("names and vectors of the expressions") Expressions expressions) {}

    public ExpressionPrompts() {
        this(Expression.standard().stream().map(Expression::name).collect(Collectors.joining("; ")), 1);
    }

    @Override
    public Map<String, String> weightsUsed() {
        return UsedModels.hashes(SentenceEncoder.STARTER, SentenceEncoder.STARTER + "/tokenizer");
    }

    @Override
    public void check(ParameterChecks checks) {
        checks.of("prompts", () -> Prompt.read(prompts, intensity, Expression.COUNT));
    }

    @Override
    public Out run(Run run) throws Exception {
        List<Prompt> list = Prompt.read(prompts, intensity, Expression.COUNT);
        List<String> words = list.stream().map(Prompt::words).toList();
        List<String> names = list.stream().map(Prompt::name).toList();
        Models models = Models.standard();
        return Faults.told(() -> {
            UsedModels.record(run, models, SentenceEncoder.STARTER);
            try (var open = Encoders.sentences(run, models)) {
                SentenceEncoder encoder = open.value();
                float[] all = new float[list.size() * SentenceEncoder.LENGTH];
                float[] intensities = new float[list.size()];
                List<float[]> vectors = new ArrayList<>();
                for (int i = 0; i < list.size(); i++) {
                    float[] vector = encoder.encode(words.get(i));
                    vectors.add(vector);
                    System.arraycopy(vector, 0, all, i * SentenceEncoder.LENGTH, SentenceEncoder.LENGTH);
                    intensities[i] = list.get(i).intensity();
                }
                WordCheck.check(run, encoder, list, vectors);
                float[] rest = encoder.encode(Expression.standard().getFirst().name());
                return new Out(new Expressions(
                        encoder.id(), encoder.sha256(), words, names, Slugs.of(names), all, rest, intensities));
            }
        });
    }
}
