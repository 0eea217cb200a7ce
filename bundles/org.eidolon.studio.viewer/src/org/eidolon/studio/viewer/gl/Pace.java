// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.viewer.gl;

/**
 * How carefully to draw while things move, so that at least ten pictures a second are shown on slow machines too. Learns
 * from how long pictures took. When all is still a picture is drawn as well as it can be.
 */
final class Pace {
    /** From careful to quick. */
    enum Level {
        FINE(HeadPictures.FINE, 1),
        QUICK(HeadPictures.QUICK, 1),
        /** A quarter of the pixels. */
        COARSE(HeadPictures.QUICK, 2);

        final int samples;
        final int shrink;

        Level(int samples, int shrink) {
            this.samples = samples;
            this.shrink = shrink;
        }
    }

    private static final long TOO_SLOW = 70_000_000;
    private static final long EASY = 20_000_000;

    private Level level = Level.FINE;

    /** The level for a picture that will soon be replaced. */
    Level moving() {
        return level;
    }

    /** A blend of two expressions costs two pictures, so it is left out where one is dear already. */
    boolean affordsBlends() {
        return level != Level.COARSE;
    }

    /** A picture at the level of {@link #moving} took so long. */
    void took(long nanos) {
        if (nanos > TOO_SLOW && level != Level.COARSE) {
            level = Level.values()[level.ordinal() + 1];
        } else if (nanos < EASY && level != Level.FINE) {
            level = Level.values()[level.ordinal() - 1];
        }
    }
}
