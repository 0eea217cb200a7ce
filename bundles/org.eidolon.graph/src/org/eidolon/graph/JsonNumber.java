// SPDX-License-Identifier: EPL-2.0
package org.eidolon.graph;

/** A number with the very digits of the file, so that what is not touched is saved as it was. */
final class JsonNumber extends Number {
    private static final long serialVersionUID = 1L;
    private final String text;

    JsonNumber(String text) {
        this.text = text;
    }

    @Override
    public int intValue() {
        return (int) longValue();
    }

    @Override
    public long longValue() {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return (long) doubleValue(); // saturates; 1e999999999 must not be expanded
        }
    }

    @Override
    public float floatValue() {
        return Float.parseFloat(text);
    }

    @Override
    public double doubleValue() {
        return Double.parseDouble(text);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JsonNumber n && n.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
