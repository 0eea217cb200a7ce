// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.train;

import java.util.Locale;
import java.util.function.DoubleSupplier;

/** How far a training is, by steps and by minutes, and the learning rate that goes with it. */
final class Pace {
    private static final int WARM_UP = 300;

    /** The last measurement wants its share of the minutes. */
    private static final double MEASURING_SECONDS = 25;

    private final TrainOptions options;
    private final DoubleSupplier clock;
    private final long firstStep;
    private final double began;
    private final double budget;

    /** @param clock seconds since the run began, which the minutes count from */
    Pace(TrainOptions options, long firstStep, DoubleSupplier clock) {
        this.options = options;
        this.clock = clock;
        this.firstStep = firstStep;
        this.began = clock.getAsDouble();
        this.budget = options.minutes() > 0 ? options.minutes() * 60 - (options.tiny() ? 0 : MEASURING_SECONDS) : 0;
    }

    boolean done(long step) {
        return options.steps() > 0 && step >= options.steps() || budget > 0 && clock.getAsDouble() >= budget;
    }

    /** Share of this run's training that is over. */
    double progress(long step) {
        double bySteps =
                options.steps() > 0 ? (double) (step - firstStep) / Math.max(1, options.steps() - firstStep) : 0;
        double byTime = budget > 0 ? (clock.getAsDouble() - began) / Math.max(1, budget - began) : 0;
        return Math.min(1, Math.max(bySteps, byTime));
    }

    /** Warm-up, then flat, then a cosine fall over the last two fifths. */
    double rate(long step) {
        double progress = progress(step);
        double warm = Math.min(1, (step - firstStep + 1.0) / (options.tiny() ? 10 : WARM_UP));
        double fall = progress < 0.6 ? 1 : 0.02 + 0.98 * 0.5 * (1 + Math.cos(Math.PI * (progress - 0.6) / 0.4));
        return options.learningRate() * warm * fall;
    }

    /** Seconds until this run's training ends, measurement not counted; at the rate so far. */
    double secondsLeft(long step) {
        double progress = progress(step);
        double spent = clock.getAsDouble() - began;
        return progress > 0 ? spent * (1 - progress) / progress : Double.NaN;
    }

    /** A time for people: "42 s", "7 min", "2 h 05 min". */
    static String time(double seconds) {
        if (Double.isNaN(seconds)) return "?";
        long s = Math.round(seconds);
        if (s < 90) return s + " s";
        if (s < 5400) return Math.round(s / 60.0) + " min";
        return String.format(Locale.ROOT, "%d h %02d min", s / 3600, s % 3600 / 60);
    }
}
