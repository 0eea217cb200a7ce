// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.viewer.gl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Care gives way where it would make the picture jerk, and comes back. */
class PaceTest {
    private static final long MILLI = 1_000_000;

    @Test
    void slowPicturesAreDrawnMoreQuicklyStepByStep() {
        var pace = new Pace();
        assertThat(pace.moving()).isEqualTo(Pace.Level.FINE);
        pace.took(150 * MILLI);
        assertThat(pace.moving()).isEqualTo(Pace.Level.QUICK);
        assertThat(pace.affordsBlends()).isTrue();
        pace.took(90 * MILLI);
        assertThat(pace.moving()).isEqualTo(Pace.Level.COARSE);
        assertThat(pace.affordsBlends()).isFalse();
        pace.took(500 * MILLI);
        assertThat(pace.moving()).as("there is nothing coarser").isEqualTo(Pace.Level.COARSE);
    }

    @Test
    void quickOnesAreDrawnWithMoreCareAgain() {
        var pace = new Pace();
        pace.took(150 * MILLI);
        pace.took(40 * MILLI);
        assertThat(pace.moving()).as("neither slow nor easy").isEqualTo(Pace.Level.QUICK);
        pace.took(5 * MILLI);
        assertThat(pace.moving()).isEqualTo(Pace.Level.FINE);
        pace.took(5 * MILLI);
        assertThat(pace.moving()).isEqualTo(Pace.Level.FINE);
    }
}
