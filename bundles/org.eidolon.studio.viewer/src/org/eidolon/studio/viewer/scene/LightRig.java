// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.viewer.scene;

import java.util.List;
import org.eidolon.studio.viewer.scene.Environment.Area;
import org.eidolon.studio.viewer.scene.Environment.Colour;

/** A choice of light: what comes from all around, and lamps. Angles are to the viewer's right and up, in degrees. */
public enum LightRig {
    /** Two large softboxes and a bright room. */
    STUDIO(
            new Environment(
                    Colour.grey(0.62),
                    Colour.grey(0.42),
                    Colour.grey(0.2),
                    List.of(
                            Area.at(-40, 30, 6, Colour.grey(2.1)),
                            Area.at(55, 10, 5, Colour.grey(0.8)),
                            Area.at(180, 40, 8, Colour.grey(0.45)))),
            new Lamp(-32, 34, Colour.grey(0.9))),
    /** Sun from the side under a blue sky, green ground. */
    DAYLIGHT(
            new Environment(
                    new Colour(0.55, 0.72, 1.0),
                    new Colour(0.8, 0.85, 0.92),
                    new Colour(0.2, 0.22, 0.15),
                    List.of(Area.at(38, 48, 40, new Colour(4, 3.7, 3.2)))),
            new Lamp(38, 48, new Colour(2.2, 2.05, 1.8))),
    /** Low orange sun, violet sky. */
    SUNSET(
            new Environment(
                    new Colour(0.2, 0.22, 0.42),
                    new Colour(0.4, 0.24, 0.2),
                    new Colour(0.12, 0.09, 0.09),
                    List.of(Area.at(-75, 8, 14, new Colour(4.2, 1.9, 0.8)))),
            new Lamp(-72, 10, new Colour(2.6, 1.35, 0.65))),
    /** One lamp high at the side in a dark room: a triangle of light on the far cheek. */
    REMBRANDT(
            new Environment(
                    Colour.grey(0.1),
                    Colour.grey(0.08),
                    Colour.grey(0.05),
                    List.of(Area.at(-52, 42, 20, new Colour(2.2, 2.0, 1.8)))),
            new Lamp(-50, 42, new Colour(2.7, 2.5, 2.25))),
    /** From behind on both sides, the outline bright. */
    RIM(
            new Environment(
                    Colour.grey(0.14),
                    Colour.grey(0.12),
                    Colour.grey(0.06),
                    List.of(
                            Area.at(-125, 18, 12, new Colour(2.4, 2.7, 3.4)),
                            Area.at(128, 18, 12, new Colour(3.4, 2.7, 2.2)))),
            new Lamp(-128, 20, new Colour(2.0, 2.3, 3.0)),
            new Lamp(132, 20, new Colour(3.0, 2.3, 1.8))),
    /** The same from everywhere: nothing but the texture and the outline of its forms. */
    EVEN(new Environment(Colour.grey(0.95), Colour.grey(0.95), Colour.grey(0.95), List.of()));

    private final Environment environment;
    private final List<Lamp> lamps;
    private volatile BakedLight baked;

    LightRig(Environment environment, Lamp... lamps) {
        this.environment = environment;
        this.lamps = List.of(lamps);
    }

    /**
     * A far light.
     *
     * @param towards unit vector from the head to it
     * @param irradiance on a surface that faces it
     */
    public record Lamp(double[] towards, Colour irradiance) {
        Lamp(double right, double above, Colour irradiance) {
            this(Environment.direction(right, above), irradiance);
        }
    }

    /** At most {@value #MOST_LAMPS}. */
    public List<Lamp> lamps() {
        return lamps;
    }

    /** How many lamps a rig may have. */
    public static final int MOST_LAMPS = 2;

    public Environment environment() {
        return environment;
    }

    /** The environment as a renderer takes it; the first call computes for some 100 ms. */
    public BakedLight baked() {
        if (baked == null) {
            baked = BakedLight.of(environment);
        }
        return baked;
    }
}
