// SPDX-License-Identifier: EPL-2.0
package org.eidolon.models;

import java.util.Map;
import java.util.Objects;

/**
 * What is known of one file of weights.
 *
 * @param id logical id, for example {@code identity/mobilefacenet-arcface}
 * @param kind what it is for: {@code identity}, {@code face-detector}, {@code sentence}, {@code prior}, …
 * @param file path relative to the folder that lists it, or {@code resource:NAME} for a class-path resource
 * @param sha256 64 lower-case hexadecimal digits
 * @param size bytes
 * @param licence as declared by whoever published the weights
 * @param origin where the file came from and how it was changed
 * @param caveat what a user must know before using it; empty when nothing
 * @param attributes further text fields, such as the identity encoder that a prior was trained with
 */
public record ModelInfo(
        String id,
        String kind,
        String file,
        String sha256,
        long size,
        String licence,
        String origin,
        String caveat,
        Map<String, String> attributes) {

    public ModelInfo {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(sha256, "sha256");
        licence = Objects.requireNonNullElse(licence, "");
        origin = Objects.requireNonNullElse(origin, "");
        caveat = Objects.requireNonNullElse(caveat, "");
        attributes = Map.copyOf(attributes);
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new ModelException("weights '" + id + "': sha256 is '" + sha256 + "', not 64 hexadecimal digits");
        }
        if (size < 0) {
            throw new ModelException("weights '" + id + "': size " + size + " is negative");
        }
    }

    /** Whether this is the weights of such a name, or one of their files. */
    public boolean belongsTo(String name) {
        return id.equals(name) || id.startsWith(name + "/");
    }
}
