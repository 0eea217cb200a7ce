// SPDX-License-Identifier: EPL-2.0
package org.eidolon.encoders;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Which face of a photo is meant.
 *
 * @param rule how it is chosen
 * @param number for {@link Rule#NUMBER}: 1 is the leftmost
 */
public record FaceChoice(Rule rule, int number) {
    /** Ways to choose. */
    public enum Rule {
        /** There must be one face; those narrower than a quarter of the widest are bystanders and do not count. */
        ONLY,
        LARGEST,
        LEFTMOST,
        RIGHTMOST,
        NUMBER
    }

    public static final FaceChoice ONLY = new FaceChoice(Rule.ONLY, 0);
    public static final FaceChoice LARGEST = new FaceChoice(Rule.LARGEST, 0);

    private static final float BYSTANDER = 0.25f;

    /** Reads {@code only}, {@code largest}, {@code leftmost}, {@code rightmost} or a number from 1. */
    public static FaceChoice parse(String text) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        if (word.matches("[1-9][0-9]{0,3}")) {
            return new FaceChoice(Rule.NUMBER, Integer.parseInt(word));
        }
        return switch (word) {
            case "only" -> ONLY;
            case "largest" -> LARGEST;
            case "leftmost" -> new FaceChoice(Rule.LEFTMOST, 0);
            case "rightmost" -> new FaceChoice(Rule.RIGHTMOST, 0);
            default ->
                throw new IllegalArgumentException("'" + text
                        + "' names no face: use only, largest, leftmost, rightmost or a number from 1 (leftmost)");
        };
    }

    /**
     * The chosen one of a photo's faces, which are ordered from left to right.
     *
     * @throws PhotoException when there is none, or several and none is chosen: lists them
     */
    public Face choose(List<Face> faces, String photo) {
        if (faces.isEmpty()) {
            throw new PhotoException("no face was found in " + photo
                    + ": give a photo that shows one face from the front, upright, with both eyes to be seen");
        }
        return switch (rule) {
            case ONLY -> only(faces, photo);
            case LARGEST ->
                faces.stream().max(Comparator.comparingDouble(Face::area)).orElseThrow();
            case LEFTMOST -> faces.getFirst();
            case RIGHTMOST -> faces.getLast();
            case NUMBER -> {
                if (number > faces.size()) {
                    throw new PhotoException(
                            photo + " has no face " + number + ": it shows " + faces.size() + list(faces));
                }
                yield faces.get(number - 1);
            }
        };
    }

    private static Face only(List<Face> faces, String photo) {
        float widest = (float) faces.stream().mapToDouble(Face::width).max().orElseThrow();
        List<Face> seen =
                faces.stream().filter(f -> f.width() >= BYSTANDER * widest).toList();
        if (seen.size() > 1) {
            throw new PhotoException(photo + " shows " + seen.size() + " faces" + list(faces)
                    + ". Choose one: largest, leftmost, rightmost or its number; or give a photo of one person");
        }
        return seen.getFirst();
    }

    private static String list(List<Face> faces) {
        StringBuilder text = new StringBuilder(" (");
        for (int i = 0; i < Math.min(faces.size(), 12); i++) {
            Face f = faces.get(i);
            text.append(i == 0 ? "" : "; ")
                    .append(String.format(
                            Locale.ROOT,
                            "%d: %.0f×%.0f pixels at %.0f, %.0f",
                            i + 1,
                            f.width(),
                            f.height(),
                            f.left(),
                            f.top()));
        }
        return text.append(faces.size() > 12 ? "; …)" : ")").toString();
    }
}
