// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli.internal;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.eidolon.cli.DoctorCheck;
import org.eidolon.cli.Session;

/** A check from a bundle that does not know this one. */
public record PlainCheck(String name, Callable<Map<String, String>> check) implements DoctorCheck {
    @Override
    public Finding check(Session session) throws Exception {
        Map<String, String> found = check.call();
        Status status = Status.valueOf(found.getOrDefault("status", "ok").toUpperCase(Locale.ROOT));
        return new Finding(status, found.getOrDefault("message", ""), found.getOrDefault("advice", ""));
    }
}
