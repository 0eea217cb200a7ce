// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.views;

import java.text.MessageFormat;
import java.util.ResourceBundle;

/** What the views say, in the user's language. */
final class Words {
    private static final ResourceBundle WORDS = ResourceBundle.getBundle("org.eidolon.studio.views.words");

    private Words() {}

    static String of(String key) {
        return WORDS.getString(key);
    }

    /** With what stands for {0}, {1}… */
    static String of(String key, Object... values) {
        return MessageFormat.format(WORDS.getString(key), values);
    }
}
