// SPDX-License-Identifier: EPL-2.0
package org.eidolon.api;

/**
 * A device that nodes compute on.
 *
 * @param kind "cpu" or "cuda"
 * @param index 0 for the CPU
 */
public record Device(String kind, int index) {
    public static final Device CPU = new Device("cpu", 0);

    /** Reads {@code cpu} or {@code cuda:N}. */
    public static Device of(String text) {
        if (text.equals("cpu")) {
            return CPU;
        }
        if (text.matches("cuda(:\\d{1,3})?")) {
            return new Device("cuda", text.length() == 4 ? 0 : Integer.parseInt(text.substring(5)));
        }
        throw new IllegalArgumentException("'" + text + "' is not a device; use cpu or cuda:N, such as cuda:0");
    }

    public boolean isGpu() {
        return !kind.equals("cpu");
    }

    @Override
    public String toString() {
        return isGpu() ? kind + ":" + index : kind;
    }
}
