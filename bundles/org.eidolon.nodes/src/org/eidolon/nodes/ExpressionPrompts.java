// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.eidolon.api.Doc;
import org.eidolon.api.Node;
import org.eidolon.api.NodeException;
import org.eidolon.api.NodeType;
import org.eidolon.api.Param;
import org.eidolon.api.Run;
import org.eidolon.encoders.SentenceEncoder;
import org.eidolon.head.model.Expression;
import org.eidolon.models.Models;
import org.eidolon.nodes.internal.Slugs;
import org.eidolon.nodes.internal.Weights;
import org.eidolon.nodes.value.Expressions;

/** Expressions in words (Sentence-BERT). */
@NodeType(
        id = "expression.prompts",
        category = "Expression",
        name = "Expressions",
        doc = "The expressions that the head is to wear, in English words, separated by semicolons or lines. The first "
                + "is the one that programs show which read a single scene; usually neutral.")
public record ExpressionPrompts(
        @Param(
                doc = "up to 13 expressions, such as: neutral; a wide grin; shouting in anger",
                widget = Param.Widget.MULTILINE,
                required = true)
        String prompts)
        implements Node<ExpressionPrompts.Out> {

    /** How many a head can wear: what the priors were measured on. */
    public static final int MOST = 13;

    public record Out(
            @Doc("names and vectors of the expressions") Expressions expressions) {}

    public ExpressionPrompts() {
        this(Expression.standard().stream().map(Expression::name).collect(Collectors.joining("; ")));
    }

    @Override
    public Map<String, String> weightsUsed() {
        return Weights.hashes(SentenceEncoder.STARTER, SentenceEncoder.STARTER + "/tokenizer");
    }

    @Override
    public Out run(Run run) throws Exception {
        List<String> list = split(prompts);
        Models models = Models.standard();
        return Weights.using(() -> {
            Weights.record(run, models, SentenceEncoder.STARTER);
            try (SentenceEncoder encoder = SentenceEncoder.open(models)) {
                float[] all = new float[list.size() * SentenceEncoder.LENGTH];
                for (int i = 0; i < list.size(); i++) {
                    System.arraycopy(
                            encoder.encode(list.get(i)), 0, all, i * SentenceEncoder.LENGTH, SentenceEncoder.LENGTH);
                }
                return new Out(new Expressions(encoder.id(), encoder.sha256(), list, Slugs.of(list), all));
            }
        });
    }

    /** The prompts one by one, white space evened out. */
    static List<String> split(String text) {
        var list = new ArrayList<String>();
        var seen = new HashMap<String, Integer>();
        for (String part : text.split("[;\n]", -1)) {
            String prompt = part.strip().replaceAll("\\s+", " ");
            int number = list.size() + 1;
            if (prompt.isEmpty()) {
                throw new NodeException(
                        "expression " + number + " of '" + text.strip() + "' is empty",
                        "Describe it in words, or remove the semicolon");
            }
            Integer before = seen.put(prompt.toLowerCase(Locale.ROOT), number);
            if (before != null) {
                throw new NodeException(
                        "expressions " + before + " and " + number + " are both '" + prompt + "'",
                        "Remove one, or say it in other words");
            }
            list.add(prompt);
        }
        if (list.size() > MOST) {
            throw new NodeException(
                    list.size() + " expressions are more than the " + MOST + " that a head can wear",
                    "Leave some out, or run the graph twice");
        }
        return list;
    }
}
