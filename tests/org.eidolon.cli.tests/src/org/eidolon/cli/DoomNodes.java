// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eidolon.api.In;
import org.eidolon.api.Node;
import org.eidolon.api.NodeLibrary;
import org.eidolon.api.NodeType;
import org.eidolon.api.Param;
import org.eidolon.api.Run;
import org.eidolon.api.value.Artifacts;
import org.eidolon.api.value.Image;
import org.eidolon.api.value.Text;
import org.eidolon.testing.ChildCommand;

/** A node that shows previews and then does not end well, and a command that knows it. */
public final class DoomNodes implements NodeLibrary {
    @Override
    public List<Class<? extends Node<?>>> nodes() {
        return List.of(Doom.class);
    }

    @Override
    public String version() {
        return "doom 1";
    }

    /** How to start a command that knows it. */
    static List<String> command(String... javaOptions) {
        return ChildCommand.with(new TestNodes(), new DoomNodes()).line(List.of(javaOptions));
    }

    /** Ends the process that it runs in, or stops it, in one of the ways in which native code does. */
    @NodeType(id = "test.doom", category = "Test")
    public record Doom(
            @In(optional = true) Text text, @Param End end) implements Node<TestNodes.TextOut> {
        public enum End {
            NONE,
            SEGV,
            KILL,
            HEAP,
            STOP
        }

        public Doom() {
            this(null, End.NONE);
        }

        @Override
        public TestNodes.TextOut run(Run run) throws Exception {
            run.preview("swatch", Image.ofFloats(2, 1, 3, new float[] {1, 0, 0, 0, 0, 1}));
            for (int i = 0; i < 3; i++) {
                Path folder = Files.createDirectories(run.scratch().resolve("live"));
                Files.writeString(folder.resolve("step.txt"), "step " + i);
                run.preview("files", Artifacts.of(folder));
            }
            run.record("licence", "CC0");
            run.log("about to end by " + end);
            switch (end) {
                case NONE -> {}
                case HEAP -> {
                    var hoard = new ArrayList<long[]>();
                    while (true) {
                        hoard.add(new long[1 << 20]);
                    }
                }
                default -> {
                    String own = "" + ProcessHandle.current().pid();
                    new ProcessBuilder("kill", "-" + end, own).start();
                    Thread.sleep(60_000);
                }
            }
            return new TestNodes.TextOut(new Text("spared"));
        }
    }
}
