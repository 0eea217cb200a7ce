// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.extend;

import java.util.Map;
import java.util.Optional;
import org.eidolon.api.value.Image;

/**
 * Makes the picture that a node shows when it has finished, for node types that the extension point {@code
 * org.eidolon.studio.editor.nodes} names. Called away from the user interface's thread.
 */
public interface NodePreview {
    /** @param outputs values by output name */
    Optional<Image> of(Map<String, Object> outputs);
}
