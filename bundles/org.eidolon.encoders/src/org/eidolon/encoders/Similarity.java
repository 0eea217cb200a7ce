// SPDX-License-Identifier: EPL-2.0
package org.eidolon.encoders;

/** A turn, a scale and a shift of the plane: x' = a x − b y + tx, y' = b x + a y + ty. */
public record Similarity(double a, double b, double tx, double ty) {
    public double x(double x, double y) {
        return a * x - b * y + tx;
    }

    public double y(double x, double y) {
        return b * x + a * y + ty;
    }

    public double scale() {
        return Math.hypot(a, b);
    }

    /** Radians, positive from x towards y. */
    public double angle() {
        return Math.atan2(b, a);
    }

    public Similarity inverse() {
        double d = a * a + b * b;
        if (!(d > 0) || !Double.isFinite(d)) {
            throw new ArithmeticException("a similarity of scale " + Math.sqrt(d) + " has no inverse");
        }
        double ia = a / d;
        double ib = -b / d;
        return new Similarity(ia, ib, -(ia * tx - ib * ty), -(ib * tx + ia * ty));
    }
}
