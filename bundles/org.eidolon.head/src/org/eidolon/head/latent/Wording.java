// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.latent;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eidolon.head.prior.Domain;
import org.eidolon.head.view.Framing;
import org.eidolon.head.view.View;

/**
 * How a prior that knows words only is told what a picture shows: a template in which the expression and the side that
 * is seen are filled in (view-dependent text: Poole et al. 2023, DreamFusion, section 3.2), and what is not wanted.
 *
 * @param template with {@code {expression}} and {@code {view}} where they belong
 * @param unwanted told to the unconditional branch
 */
public record Wording(String template, String unwanted) {
    private static final Pattern PLACE = Pattern.compile("\\{[^{}]*\\}?|\\}");

    /** The side of the head that a view shows, and how near it is. */
    enum Side {
        CLOSE_FRONT("close-up of the face, front view"),
        CLOSE_SIDE("close-up of the face, side view"),
        FRONT("front view"),
        SIDE("side view"),
        BACK("back view");

        private final String words;

        Side(String words) {
            this.words = words;
        }

        /** By the azimuth: within 45° of the front or of the back, or neither. */
        static Side of(View view) {
            double from = Math.abs(Math.IEEEremainder(view.azimuth(), 2 * Math.PI));
            boolean close = view.framing() == Framing.FACE;
            if (from <= Math.PI / 4) return close ? CLOSE_FRONT : FRONT;
            if (from >= 3 * Math.PI / 4) return BACK;
            return close ? CLOSE_SIDE : SIDE;
        }
    }

    /** @throws IllegalArgumentException for a place in the template that nothing fills */
    public Wording {
        Matcher places = PLACE.matcher(template);
        List<String> strange = new ArrayList<>();
        while (places.find()) {
            if (!places.group().equals("{expression}") && !places.group().equals("{view}")) strange.add(places.group());
        }
        if (!strange.isEmpty()) {
            throw new IllegalArgumentException("the text '" + template + "' has " + String.join(", ", strange)
                    + "; what can be filled in is {expression} and {view}");
        }
        if (template.isBlank()) throw new IllegalArgumentException("the text is empty");
    }

    /** Words for pictures of a domain, as those that priors of it were made with use them. */
    public static Wording of(Domain domain) {
        return new Wording(domain.text(), domain.unwanted());
    }

    String text(String expression, Side side) {
        return template.replace("{expression}", expression).replace("{view}", side.words);
    }
}
