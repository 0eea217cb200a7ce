// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.latent;

/**
 * An expression in words, and how strongly it is worn.
 *
 * @param words such as "a wide grin"
 * @param intensity 0 for a face at rest, 1 as the words say
 */
public record Said(String words, double intensity) {
    /** What a face at rest is called. */
    static final String REST = "neutral expression";
}
