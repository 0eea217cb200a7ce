// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli;

/**
 * One thing that {@code eidolon doctor} looks at; an OSGi service. A bundle that must not depend on this one offers a
 * {@code java.util.concurrent.Callable<java.util.Map<String, String>>} with the service property {@code eidolon.doctor}
 * (the name of the check) that gives status (ok, warning, error), message and advice.
 */
public interface DoctorCheck {
    /** Name of the service property of a check that is a plain Callable. */
    String PROPERTY = "eidolon.doctor";

    /** How it is. */
    enum Status {
        OK,
        WARNING,
        ERROR
    }

    /**
     * What was found.
     *
     * @param message what is there or missing
     * @param advice what to do; empty where all is well
     */
    record Finding(Status status, String message, String advice) {
        public static Finding ok(String message) {
            return new Finding(Status.OK, message, "");
        }
    }

    /** A word or two: Java, memory, GPU. */
    String name();

    Finding check(Session session) throws Exception;
}
