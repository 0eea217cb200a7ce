// SPDX-License-Identifier: EPL-2.0
package org.eidolon.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A parameter: int, long, double, boolean, String, an enum (a choice) or a Path (a file of the user, whose hash enters
 * the content key); Integer, Long or Double where it may be {@link #auto}. The record's no-argument constructor gives its
 * default. What several nodes declare alike may stand on an
 * annotation of their library, which then marks the component in its place.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.ANNOTATION_TYPE})
public @interface Param {
    /** Least value allowed, inclusive. */
    double min() default Double.NEGATIVE_INFINITY;

    /** Greatest value allowed, inclusive. */
    double max() default Double.POSITIVE_INFINITY;

    /** Step of a slider or spinner; 0 lets the editor choose. A hint, not a check. */
    double step() default 0;

    /** Unit as people write it: pixels, steps, m, degrees. */
    String unit() default "";

    String doc() default "";

    /**
     * What settles a number that the user leaves {@code auto}, in words that end "auto: …", such as "by the quality". The
     * component is an Integer, Long or Double then, and null in it is auto; the node tells what it came to mean by
     * {@link Run#settled}. Empty where a number must be given.
     */
    String auto() default "";

    /**
     * Where it says something only beside certain values of another parameter, these: {@code lora} for any that is given (true,
     * not empty, not auto), {@code method=fast|exact} for some. Forms hide it elsewhere. Where it is hidden it must not matter.
     */
    String when() default "";

    /** How an editor should show it. */
    Widget widget() default Widget.AUTO;

    /** Endings of the files it accepts, without the dot; none accepts all. A hint for file choosers. */
    String[] accepts() default {};

    /** A String or Path that must be given: null and blank are refused before anything runs. */
    boolean required() default false;

    /** How an editor should show a parameter. */
    enum Widget {
        AUTO,
        SLIDER,
        MULTILINE,
        FILE,
        FOLDER,
        SEED,
        COLOUR
    }
}
