// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.prior;

import java.util.List;
import java.util.Locale;

/**
 * What the pictures of a prior show, and all in which one such domain differs from another. Beside this class a new
 * domain needs its pictures ({@code head.train.Pictures}), and a stage that asks for it.
 */
public enum Domain {
    /** Camera-space normals: the geometry prior. */
    NORMALS(
            false,
            -1,
            "a normal map of the head of a person, {expression}, {view}, black background",
            "blurry, noisy, bumpy, distorted, several heads") {
        @Override
        public String caption(boolean lit) {
            return "a normal map of";
        }
    },
    /** Lit renders and flat albedo, told apart by the light code: the texture prior. */
    COLOUR(
            true,
            0,
            "a photo of the head of a person, {expression}, {view}, black background",
            "blurry, noisy, oversaturated, distorted, several heads, hands") {
        @Override
        public String caption(boolean lit) {
            return lit ? "a photo of" : "the albedo of";
        }
    },
    /** All of these, told words and view and of no person: what LoRAs and adapters stand on. */
    BASE(false, 0, null, null) {
        @Override
        public List<Domain> shows() {
            return List.of(NORMALS, COLOUR);
        }

        @Override
        public String caption(boolean lit) {
            throw new IllegalArgumentException(noOne());
        }
    };

    private final boolean lit;
    private final int mark;
    private final String text;
    private final String unwanted;

    /**
     * @param lit whether its pictures show light, or may
     * @param mark by which a base of all domains tells it from others, 0 for none
     * @param text what one of its pictures is called, as templates of {@code head.latent.Wording} are
     * @param unwanted what its pictures shall not show
     */
    Domain(boolean lit, int mark, String text, String unwanted) {
        this.lit = lit;
        this.mark = mark;
        this.text = text;
        this.unwanted = unwanted;
    }

    /** The domain's name as values, attributes and messages have it, in lower case. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Logical id of the prior of this domain. */
    public String id() {
        return "prior/head-" + key();
    }

    /** The domains whose pictures it shows: itself, or all in turn if it is a base. */
    public List<Domain> shows() {
        return List.of(this);
    }

    /** Whether it stands for all domains and shows none of its own. */
    public boolean base() {
        return shows().size() > 1;
    }

    /** Whether its pictures show light, or may; else they are flat. */
    public boolean lit() {
        return lit;
    }

    /** What stands in the view code of its pictures where a base of all domains is told of them; 0 for what the light says. */
    public int mark() {
        return mark;
    }

    /** How a caption of one of its pictures begins. */
    public abstract String caption(boolean lit);

    /** How a prior that knows words only is told of a picture: a template with {@code {expression}} and {@code {view}}. */
    public String text() {
        if (text == null) throw new IllegalArgumentException(noOne());
        return text;
    }

    /** What its pictures shall not show, in words. */
    public String unwanted() {
        if (unwanted == null) throw new IllegalArgumentException(noOne());
        return unwanted;
    }

    String noOne() {
        return key() + " is no domain of its own: pictures show one of "
                + shows().stream().map(Domain::key).toList();
    }
}
