// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.eidolon.engine.RunEvent;
import org.junit.jupiter.api.Test;

/** What a user is told of a process that died, from exit codes and lines as they really came. */
class DeathTest {
    @Test
    void aCrashNamesTheSignalAndTheLibrary() {
        List<String> report = List.of(
                "#",
                "# A fatal error has been detected by the Java Runtime Environment:",
                "#",
                "#  SIGSEGV (0xb) at pc=0x00007f2b8c0a1b2c, pid=4711, tid=4720",
                "#",
                "# Problematic frame:",
                "# C  [libtorch_cpu.so+0x1a1b2c]  at::native::conv2d()+0x1c",
                "#");
        // the machine ends by SIGABRT after its report; the signal that matters is the one reported
        assertThat(Death.of(134, report).message())
                .isEqualTo(
                        "the worker process crashed (SIGSEGV in [libtorch_cpu.so+0x1a1b2c]  at::native::conv2d()+0x1c)");
        assertThat(Death.of(136, List.of()).message()).contains("SIGFPE");
        assertThat(Death.of(128 + 33, List.of()).message()).contains("signal 33");
    }

    @Test
    void lackOfMemoryIsKnownByWhatWasSaid() {
        for (String line : List.of(
                "java.lang.OutOfMemoryError: Java heap space",
                "terminate called after throwing an instance of 'std::bad_alloc'",
                "# There is insufficient memory for the Java Runtime Environment to continue.",
                "Java ran out of memory: Metaspace")) {
            assertThat(Death.of(134, List.of(line)).message()).contains("out of memory");
            assertThat(Death.of(1, List.of(line)).advice()).contains("-Xmx");
        }
        assertThat(Death.of(137, List.of()).message()).contains("SIGKILL").contains("memory");
    }

    @Test
    void anotherEndTellsItsCode() {
        assertThat(Death.of(3, List.of("hello")).message())
                .isEqualTo("the worker process ended too early, with code 3");
    }

    @Test
    void onlyNodesThatRanFailAndOnlyTheLastLinesAreKept() {
        var ledger = new Ledger();
        ledger.add(new RunEvent.Started("a", "t", null, List.of()));
        ledger.add(new RunEvent.Started("b", "t", null, List.of()));
        ledger.add(new RunEvent.Finished("a", 1, "k", java.util.Map.of()));
        for (int i = 0; i < 100; i++) {
            ledger.add(new RunEvent.Log("b", RunEvent.Level.INFO, "step " + i));
        }
        ledger.line("last words");
        List<RunEvent> owed = ledger.failed(Death.of(139, ledger.lines()));
        assertThat(owed).hasSize(2);
        assertThat(owed.get(0)).isInstanceOfSatisfying(RunEvent.Failed.class, failed -> {
            assertThat(failed.node()).isEqualTo("b");
            assertThat(failed.log())
                    .hasSize(Ledger.LAST_LINES + 1)
                    .startsWith("step 60")
                    .endsWith("step 99", "last words");
        });
        assertThat(ledger.ended().outcome()).isEqualTo(RunEvent.Outcome.FAILED);
    }
}
