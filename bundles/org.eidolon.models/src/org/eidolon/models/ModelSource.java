// SPDX-License-Identifier: EPL-2.0
package org.eidolon.models;

import java.nio.file.Path;

/**
 * A folder of weights with a {@code models.json}. A bundle that ships weights needs no code: the manifest header
 * {@code Eidolon-Models: FOLDER} announces the folder inside it. Offer this interface as an OSGi service only where
 * the folder is not inside a bundle.
 */
public interface ModelSource {
    /** Shown to users where weights of this source are listed. */
    String name();

    /** The folder that holds {@code models.json}. */
    Path folder();
}
