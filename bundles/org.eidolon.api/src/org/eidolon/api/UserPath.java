// SPDX-License-Identifier: EPL-2.0
package org.eidolon.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A path as a user gives it to a command. A shell replaces {@code ~} at the beginning of a word only, so not in {@code
 * --out=~/heads} and not in {@code --set photo.file=~/me.jpg}; here it means the same as there.
 */
public final class UserPath {
    private static final Path USERS = Path.of("/etc/passwd");
    private static final int HOME = 5;

    private UserPath() {}

    /**
     * The file or folder that is meant.
     *
     * @param base what a relative path is relative to
     * @param given such as {@code me.jpg}, {@code ~/me.jpg}, {@code ~ada/me.jpg}; as in a shell, a {@code ~} with a name
     *     that no user has stands for itself
     * @throws IllegalArgumentException saying what is wrong: it is empty, or no file can be called so
     */
    public static Path of(Path base, String given) {
        if (given.isBlank()) {
            throw new IllegalArgumentException("the path is empty");
        }
        try {
            return base.resolve(withHome(given)).normalize();
        } catch (java.nio.file.InvalidPathException e) {
            throw new IllegalArgumentException("'" + given + "' cannot be a path: " + e.getReason(), e);
        }
    }

    private static String withHome(String given) {
        if (!given.startsWith("~")) {
            return given;
        }
        int slash = given.indexOf('/');
        String user = slash < 0 ? given.substring(1) : given.substring(1, slash);
        String home = user.isEmpty() ? System.getProperty("user.home") : home(user);
        return home == null ? given : home + (slash < 0 ? "" : given.substring(slash));
    }

    /** The home of another user; null where there is none of that name. */
    private static String home(String user) {
        try {
            List<String> lines = Files.readAllLines(USERS, StandardCharsets.UTF_8);
            return lines.stream()
                    .map(line -> line.split(":"))
                    .filter(fields -> fields.length > HOME && fields[0].equals(user) && !fields[HOME].isEmpty())
                    .map(fields -> fields[HOME])
                    .findFirst()
                    .orElse(null);
        } catch (IOException e) {
            return null; // a system without such a list
        }
    }
}
