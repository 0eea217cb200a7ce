// SPDX-License-Identifier: EPL-2.0
package org.eidolon.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The checkout's launcher on machines that have nothing: what it installs, what it says, and that it ends before a build. */
class PrerequisitesTest {
    private static final String EVERYTHING = "openjdk-21-jdk-headless maven libgtk-3-0 libgl1 libegl1 xvfb xauth";

    @TempDir
    Path folder;

    private Shell machine;
    private Path checkout;

    @BeforeEach
    void aMachineWithNothing() throws IOException {
        machine = new Shell(folder);
        checkout = folder.resolve("checkout");
        for (String file : List.of("eidolon", ".ci/run", "product/start/surroundings.sh", "releng/prerequisites.sh")) {
            Files.createDirectories(checkout.resolve(file).getParent());
            Files.copy(Shell.CHECKOUT.resolve(file), checkout.resolve(file));
        }
        machine.environment.put("MACHINE", folder.toString());
        machine.program("ldconfig", "cat \"$MACHINE/libraries\" 2> /dev/null");
        machine.program("getent", "exit 2");
        is("debian", "13", true);
    }

    /** Which system it is, and whether the user is root there. */
    private void is(String id, String version, boolean root) throws IOException {
        Path release = folder.resolve("os-release");
        Files.writeString(release, "ID=%s%nVERSION_ID=\"%s\"%nPRETTY_NAME=\"%1$s %2$s\"%n".formatted(id, version));
        Path script = checkout.resolve("releng/prerequisites.sh");
        Files.writeString(
                script, """
                %s
                jdk_places=("$MACHINE/jvm") os_release=$MACHINE/os-release apt_lists=$MACHINE/lists
                is_root() { %s; }
                """.formatted(Files.readString(Shell.CHECKOUT.resolve("releng/prerequisites.sh")), root));
    }

    /** An apt-get that notes what it is asked, and installs what it knows. */
    private void apt(String... known) throws IOException {
        Files.createDirectories(folder.resolve("lists"));
        Files.writeString(folder.resolve("lists/main_Packages"), "");
        Files.write(folder.resolve("known"), List.of(known));
        machine.program("apt-cache", "grep -qx -- \"${!#}\" \"$MACHINE/known\"");
        machine.program("apt-get", """
                echo "$*" >> "$MACHINE/asked"
                case " $* " in *" install "*) ;; *) exit 0 ;; esac
                for name in "$@"; do
                  case $name in
                    openjdk-*)
                      mkdir -p "$MACHINE/jvm/jdk/bin"
                      printf 'JAVA_VERSION="21.0.1"\\n' > "$MACHINE/jvm/jdk/release"
                      ln -s "$MACHINE/programs/bash" "$MACHINE/jvm/jdk/bin/javac" ;;
                    maven) cp "$MACHINE/maven" "$MACHINE/programs/mvn" ;;
                    libgtk-3-0) echo '	libgtk-3.so.0 (libc6,x86-64) => /x' >> "$MACHINE/libraries" ;;
                    libgl1) printf '\\tlibGL.so.1 (x) => /x\\n\\tlibEGL.so.1 (x) => /x\\n' >> "$MACHINE/libraries" ;;
                    xauth) ln -s "$MACHINE/programs/bash" "$MACHINE/programs/xauth" ;;
                    xvfb) cp "$MACHINE/xvfb" "$MACHINE/programs/xvfb-run" ;;
                  esac
                done""");
        Shell.script(folder.resolve("maven"), """
                if [ "$1" = -v ]; then echo 'Apache Maven 3.9.9'; echo "Maven home: $MACHINE/maven-home"; exit; fi
                echo "$JAVA_HOME: $*" >> "$MACHINE/built"
                echo 'Tests run: 3, Failures: 0, Errors: 0, Skipped: 1'""");
        sisu("org.eclipse.sisu.inject-1.0.0.jar");
        Shell.script(folder.resolve("xvfb"), "shift; exec \"$@\"");
    }

    /** The one library of Maven that Tycho is particular about. */
    private void sisu(String name) throws IOException {
        Path libraries = Files.createDirectories(folder.resolve("maven-home/lib"));
        Files.deleteIfExists(libraries.resolve("org.eclipse.sisu.inject-1.0.0.jar"));
        Files.writeString(libraries.resolve(name), "");
    }

    private int eidolon(String... arguments) throws IOException, InterruptedException {
        return machine.run(checkout.resolve("eidolon"), arguments);
    }

    private String note(String name) throws IOException {
        Path file = folder.resolve(name);
        return Files.exists(file) ? Files.readString(file) : "";
    }

    private void assertThatNothingWasInstalledOrBuilt() throws IOException {
        assertThat(note("asked")).as("what apt-get was asked").doesNotContain("install");
        assertThat(note("built")).as("what Maven was asked").isEmpty();
    }

    @Test
    void rootGetsWhatTheTestsNeedAndIsToldWhat() throws Exception {
        apt("openjdk-21-jdk-headless");
        assertThat(machine.run(checkout.resolve(".ci/run"))).as(machine.err).isZero();
        assertThat(machine.err).contains("eidolon: installing " + EVERYTHING + " (apt-get; log: .maven/install.log)");
        assertThat(note("asked").lines()).hasSize(2).first().isEqualTo("-q update");
        assertThat(note("asked")).endsWith(" install " + EVERYTHING + "\n");
        assertThat(note("built")).isEqualTo(folder.resolve("jvm/jdk") + ": verify --fail-at-end\n");
        assertThat(machine.out).contains("tests: 2 passed, 0 failed, 1 skipped");
    }

    @Test
    void whatIsThereIsNotAskedForAgain() throws Exception {
        apt("openjdk-21-jdk-headless");
        eidolon("test");
        Files.delete(folder.resolve("asked"));
        assertThat(eidolon("test")).isZero();
        assertThat(note("asked")).isEmpty();
    }

    @Test
    void aCommandNeedsNoWindow() throws Exception {
        apt("openjdk-25-jdk-headless");
        eidolon("run", "x.eidolon"); // the build makes no product here, so what follows fails
        assertThat(note("asked")).endsWith(" install openjdk-25-jdk-headless maven\n");
        assertThat(note("built")).isEqualTo(folder.resolve("jvm/jdk") + ": verify -Dproduct.only\n");
    }

    @Test
    void sudoThatAsksForNoPasswordInstallsToo() throws Exception {
        is("ubuntu", "24.04", false);
        apt("openjdk-21-jdk-headless");
        machine.program("sudo", "[ \"$1\" = -n ] && shift && exec \"$@\"");
        machine.program("true", "exit 0");
        assertThat(eidolon("test")).as(machine.err).isZero();
        assertThat(machine.err).contains("installing " + EVERYTHING + " (apt-get by sudo;");
    }

    @Test
    void withoutRootTheLineIsNamedAndNothingIsBuilt() throws Exception {
        is("ubuntu", "22.04", false);
        apt("openjdk-21-jdk-headless");
        machine.program("sudo", "echo 'a password is required' >&2; exit 1");
        assertThat(eidolon("test")).isEqualTo(1);
        assertThat(machine.err)
                .contains("a JDK from 21 on, Maven, GTK 3, OpenGL, Xvfb")
                .contains("To install it: sudo apt install " + EVERYTHING + "\n");
        assertThatNothingWasInstalledOrBuilt();
    }

    @Test
    void whoWantsNothingInstalledIsToldTheLine() throws Exception {
        apt("openjdk-21-jdk-headless");
        machine.environment.put("EIDOLON_INSTALL", "no");
        assertThat(eidolon("test")).isEqualTo(1);
        assertThat(machine.err).contains("To install it: sudo apt install " + EVERYTHING + "\n");
        assertThatNothingWasInstalledOrBuilt();
    }

    @Test
    void aReleaseWithoutAJdkIsToldSoBeforeAnythingIsInstalled() throws Exception {
        is("debian", "12", true);
        apt("openjdk-17-jdk-headless");
        assertThat(eidolon("test")).isEqualTo(1);
        assertThat(machine.err)
                .contains("debian 12 has no package with such a JDK: unpack one, such as Temurin,")
                .contains("For the rest: sudo apt install maven libgtk-3-0 libgl1 libegl1 xvfb xauth\n");
        assertThatNothingWasInstalledOrBuilt();
        Files.delete(folder.resolve("lists/main_Packages")); // as in an image of a container, without root
        Files.writeString(folder.resolve("known"), "");
        is("debian", "12", false);
        assertThat(eidolon("test")).isEqualTo(1);
        assertThat(machine.err).contains("debian 12 has no package with such a JDK");
        is("debian", "13", false);
        assertThat(eidolon("test")).isEqualTo(1);
        assertThat(machine.err).contains("sudo apt install " + EVERYTHING + "\n");
    }

    @Test
    void anInstallationThatFailsShowsItsLog() throws Exception {
        apt("openjdk-21-jdk-headless");
        machine.program("apt-get", "echo \"E: no room for $1\"; exit 100");
        assertThat(eidolon("test")).isEqualTo(1);
        assertThat(machine.err)
                .contains("E: no room for -q")
                .contains("that failed; the whole log is " + checkout + "/.maven/install.log");
        assertThat(note("built")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a#b", "a%b", "a?b", "a:b", "a\\b"})
    void aCheckoutInAPathThatNoBuildBearsIsRefusedBeforeAnythingElse(String name) throws Exception {
        apt("openjdk-21-jdk-headless");
        checkout = Files.move(checkout, folder.resolve(name));
        assertThat(eidolon("test")).isEqualTo(1);
        assertThat(machine.err).contains("no build works in " + checkout + ": ").contains("Move the checkout");
        assertThat(eidolon("run", "x.eidolon")).isEqualTo(1);
        assertThat(machine.err).contains("no build works in " + checkout + ": ");
        assertThatNothingWasInstalledOrBuilt();
    }

    @Test
    void aMavenWithPartsTooOldForTychoFetchesTheRightOne() throws Exception {
        apt("openjdk-21-jdk-headless");
        sisu("sisu-inject.jar"); // as on Debian 13
        String fetched = checkout + "/.maven/apache-maven-3.9.16/bin/mvn";
        String asked = Files.readString(folder.resolve("maven"));
        Shell.script(folder.resolve("maven"), """
                case "$*" in *dependency-plugin*) mkdir -p "${0%%/*}" "%s" && cp "$0" "%s"; exit ;; esac
                %s""".formatted(
                        Path.of(fetched).getParent(), fetched, asked.substring(asked.indexOf('\n') + 1)));
        assertThat(eidolon("test")).as(machine.err).isZero();
        assertThat(machine.err).contains("fetching Maven 3.9.16 once");
        assertThat(note("built")).contains("verify --fail-at-end");
        assertThat(checkout.resolve(".maven/apache-maven-3.9.16/bin/mvn")).isExecutable();
    }

    @Test
    void otherSystemsAreToldInTheirWords() throws Exception {
        is("fedora", "42", true);
        machine.program("dnf", "echo \"$*\" >> \"$MACHINE/asked\"");
        assertThat(eidolon("test")).isEqualTo(1);
        assertThat(machine.err)
                .contains("To install it: sudo dnf install java-latest-openjdk-devel maven gtk3 mesa-libGL mesa-libEGL"
                        + " mesa-dri-drivers xorg-x11-server-Xvfb xorg-x11-xauth\n");
        assertThatNothingWasInstalledOrBuilt();
        Files.delete(machine.programs.resolve("dnf"));
        is("arch", "", true);
        assertThat(eidolon("test")).isEqualTo(1);
        assertThat(machine.err).contains("needed and not there: a JDK from 21 on, Maven, GTK 3, OpenGL, Xvfb");
    }
}
