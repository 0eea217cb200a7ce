// SPDX-License-Identifier: EPL-2.0
package org.eidolon.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An input port. A component of type {@code List<T>} takes any number of links of type {@code T}, in the order in
 * which the graph lists them. May stand on an annotation as {@link Param} may.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.ANNOTATION_TYPE})
public @interface In {
    /** An optional input that is not linked arrives as null (as an empty list where it takes many). */
    boolean optional() default false;

    String doc() default "";
}
