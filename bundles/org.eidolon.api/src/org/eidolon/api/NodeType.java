// SPDX-License-Identifier: EPL-2.0
package org.eidolon.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Declares a record as a node type. The record's components are its inputs and parameters. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface NodeType {
    /** Stable id: lower-case words joined by dots, as in {@code identity.encode}. Graph files name it. */
    String id();

    /** Raised whenever the same inputs and parameters give another result; a {@link Migration} may carry old graphs. */
    int version() default 1;

    /** Heading under which editors and the node reference list it. */
    String category();

    /** Short name for people; derived from the id when empty. */
    String name() default "";

    /** One or two sentences: what it does. */
    String doc() default "";

    /** What of the surrounding run the result depends on. What is not declared here cannot be read from {@link Run}. */
    Uses[] uses() default {};

    /** True when the planner may insert this node to turn its one required input into its one output. */
    boolean conversion() default false;
}
