// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.viewer.scene;

import java.util.List;

/**
 * Light from all around, made by a formula: a gradient from the ground over the horizon to the sky, and soft areas of
 * light on it. Radiance is linear, red, green, blue.
 *
 * @param sky straight up
 * @param ground straight down
 */
public record Environment(Colour sky, Colour horizon, Colour ground, List<Area> areas) {
    /** Linear light. */
    public record Colour(double red, double green, double blue) {
        static Colour grey(double value) {
            return new Colour(value, value, value);
        }

        Colour times(double factor) {
            return new Colour(red * factor, green * factor, blue * factor);
        }
    }

    /**
     * A soft area of light, brightest at its middle: {@code colour · exp(sharpness · (cos − 1))}, where cos is that of the
     * angle from the middle (a spherical Gaussian).
     *
     * @param towards unit vector from the head to the middle
     */
    public record Area(double[] towards, double sharpness, Colour colour) {
        /** @param right angle to the viewer's right, degrees, of somebody who sees the face from the front
         *  @param above degrees */
        static Area at(double right, double above, double sharpness, Colour colour) {
            return new Area(direction(right, above), sharpness, colour);
        }
    }

    /** Unit vector for angles in degrees to the viewer's right and up; none points at the viewer. */
    static double[] direction(double right, double above) {
        double a = Math.toRadians(right);
        double e = Math.toRadians(above);
        return new double[] {Math.sin(a) * Math.cos(e), Math.sin(e), Math.cos(a) * Math.cos(e)};
    }

    /** Adds {@code weight} times what comes from a unit direction to three numbers. */
    void add(double x, double y, double z, double weight, double[] to) {
        double t = Math.min(1, Math.abs(y));
        t = Math.sqrt(t) * t; // the gradient is steeper near the horizon than at the poles
        Colour pole = y > 0 ? sky : ground;
        to[0] += weight * (horizon.red + t * (pole.red - horizon.red));
        to[1] += weight * (horizon.green + t * (pole.green - horizon.green));
        to[2] += weight * (horizon.blue + t * (pole.blue - horizon.blue));
        for (Area area : areas) {
            double[] d = area.towards;
            double strength = weight * Math.exp(area.sharpness * (x * d[0] + y * d[1] + z * d[2] - 1));
            to[0] += strength * area.colour.red;
            to[1] += strength * area.colour.green;
            to[2] += strength * area.colour.blue;
        }
    }
}
