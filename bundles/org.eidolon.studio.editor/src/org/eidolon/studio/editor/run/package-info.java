// SPDX-License-Identifier: EPL-2.0
/** The queue of runs, the process that each one runs in, and what runs and sweeps have made. */
package org.eidolon.studio.editor.run;
