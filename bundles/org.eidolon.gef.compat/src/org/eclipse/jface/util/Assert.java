// SPDX-License-Identifier: EPL-2.0
package org.eclipse.jface.util;

/**
 * Checks of arguments under the name by which GEF 3.2 asks for them. JFace has moved its own elsewhere since; this holds
 * the calls that GEF makes and no others.
 */
public final class Assert {
    private Assert() {}

    /** @throws IllegalArgumentException when the object is null */
    public static void isNotNull(Object object) {
        isNotNull(object, "");
    }

    /** @throws IllegalArgumentException when the object is null */
    public static void isNotNull(Object object, String message) {
        isTrue(object != null, "null argument: " + message);
    }

    /** @throws IllegalArgumentException when the condition does not hold */
    public static boolean isTrue(boolean condition) {
        return isTrue(condition, "");
    }

    /** @throws IllegalArgumentException when the condition does not hold */
    public static boolean isTrue(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException("assertion failed: " + message);
        }
        return true;
    }
}
