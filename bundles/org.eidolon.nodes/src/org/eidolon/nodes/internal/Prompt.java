// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes.internal;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.eidolon.api.NodeException;
import org.eidolon.head.stage.Worn;

/**
 * An expression as an artist asks for it: words, and after an @ how strongly.
 *
 * @param words what it is called, white space evened out
 * @param intensity 0 at rest, 1 as the words say, at most {@link Worn#STRONGEST}
 * @param name the words, with the intensity where the artist gave one of its own
 */
public record Prompt(String words, float intensity, String name) {
    /** Letters of an expression: more than any network reads. */
    private static final int LONGEST = 1000;

    private static final String ADVICE = "Write for example: a wide grin @ 0.5";
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d{1,9}(\\.\\d{0,9})?|\\.\\d{1,9})");

    /** How other programs weigh words: (smile:1.2), smile (0.5), smile: 0.5, smile = 50%. */
    private static final Pattern OTHER_WEIGHT =
            Pattern.compile(".*([:=*(]\\s*\\d*[.,]?\\d+|\\s\\d*[.,]\\d+|\\d\\s*%)\\s*%?\\s*\\)?");

    /**
     * Reads expressions that are separated by semicolons or lines.
     *
     * @param intensity of those that name none
     * @param most how many there may be
     * @throws NodeException naming the expression that is wrong and what to write instead
     */
    public static List<Prompt> read(String text, double intensity, int most) {
        if (text.length() > most * LONGEST) {
            throw new NodeException(
                    "the expressions are " + text.length() + " letters long", "Describe each in a few words");
        }
        var list = new ArrayList<Prompt>();
        var seen = new HashMap<String, Integer>();
        for (String part : text.split("[;\n]", -1)) {
            int number = list.size() + 1;
            String prompt = part.strip().replaceAll("\\s+", " ");
            if (prompt.isEmpty()) {
                throw new NodeException(
                        "expression " + number + " of '" + text.strip() + "' is empty",
                        "Describe it in words, or remove the semicolon");
            }
            if (prompt.length() > LONGEST) {
                throw new NodeException(
                        "expression " + number + ", '"
                                + prompt.substring(0, prompt.offsetByCodePoints(0, 40))
                                        .strip() + "…', is " + prompt.length() + " letters long; at most " + LONGEST
                                + " are read",
                        "Describe it in a few words");
            }
            Prompt read = one(number, prompt, (float) intensity);
            Integer before = seen.put(read.name.toLowerCase(Locale.ROOT), number);
            if (before != null) {
                throw new NodeException(
                        "expressions " + before + " and " + number + " are both '" + read.name + "'",
                        "Remove one, or say it in other words");
            }
            list.add(read);
        }
        if (list.size() > most) {
            throw new NodeException(
                    list.size() + " expressions are more than the " + most + " that a head can wear",
                    "Leave some out, or run the graph twice");
        }
        return list;
    }

    private static Prompt one(int number, String prompt, float common) {
        int at = prompt.indexOf('@');
        if (at < 0) {
            if (OTHER_WEIGHT.matcher(prompt).matches()) {
                throw new NodeException(
                        "expression " + number + ", '" + prompt
                                + "', ends like a strength, and would be taken for words",
                        "How strongly an expression is worn stands after an @. " + ADVICE);
            }
            return new Prompt(prompt, common, prompt);
        }
        String words = prompt.substring(0, at).strip(),
                strength = prompt.substring(at + 1).strip();
        if (words.isEmpty()) {
            throw new NodeException("expression " + number + ", '" + prompt + "', has no words", ADVICE);
        }
        if (!NUMBER.matcher(strength).matches()) {
            throw new NodeException(
                    "expression " + number + ", '" + prompt + "': after @ stands one number from 0 to "
                            + Worn.STRONGEST,
                    ADVICE);
        }
        float own = Float.parseFloat(strength);
        if (!(own >= 0 && own <= Worn.STRONGEST)) {
            throw new NodeException(
                    "expression " + number + ", '" + prompt + "': an intensity is 0 to " + Worn.STRONGEST + ", not "
                            + strength,
                    "0 is a face at rest, 1 the expression as the words say. " + ADVICE);
        }
        return new Prompt(words, own, own == common ? words : words + " @ " + plain(own));
    }

    private static String plain(float number) {
        return number == 0
                ? "0"
                : new BigDecimal(Float.toString(number)).stripTrailingZeros().toPlainString();
    }
}
