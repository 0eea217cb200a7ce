// SPDX-License-Identifier: EPL-2.0
package org.eidolon.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The product's start script: letters, home, folders that code may come from, and what an installation may be called. */
class StartScriptTest {
    @TempDir
    Path folder;

    private Shell shell;
    private Path home;

    @BeforeEach
    void anInstallationAndAJavaThatTellsWhatItIsGiven() throws IOException {
        shell = new Shell(folder);
        home = folder.resolve("home");
        Shell.script(folder.resolve("jdk/bin/java"), """
                printf '%s\\n' "$@"
                echo "LC_ALL=${LC_ALL-unset} LC_CTYPE=${LC_CTYPE-unset} HOME=${HOME-unset} DJL_CACHE_DIR=$DJL_CACHE_DIR"
                [ -z "${REAL_JAVA:-}" ] || exec "$REAL_JAVA" -XshowSettings:properties -version""");
        Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"21.0.1\"\n");
        shell.environment.put("JAVA_HOME", folder.resolve("jdk").toString());
        shell.program("getent", "exit 2");
    }

    private Path installed(String name) throws IOException {
        Path place = folder.resolve(name);
        for (String file : List.of(
                "configuration/config.ini",
                "configuration/org.eclipse.equinox.simpleconfigurator/bundles.info",
                "configuration/org.eclipse.equinox.simpleconfigurator/command.info",
                "plugins/org.eclipse.osgi_1.jar",
                "plugins/org.eidolon.start_1.jar",
                "libtorch/libtorch.so")) {
            Files.createDirectories(place.resolve(file).getParent());
            Files.writeString(place.resolve(file), "");
        }
        for (String file : List.of("eidolon", "surroundings.sh")) {
            Files.copy(Shell.CHECKOUT.resolve("product/start").resolve(file), place.resolve(file));
        }
        return place.resolve("eidolon");
    }

    private int eidolon(String... arguments) throws IOException, InterruptedException {
        Path script = folder.resolve("product/eidolon");
        return shell.run(Files.exists(script) ? script : installed("product"), arguments);
    }

    /** What Java was told to take code and configuration from. */
    private Path configuration() {
        return Path.of(given("-Dosgi.configuration.area=file:"));
    }

    private String given(String start) {
        return shell.out
                .lines()
                .filter(line -> line.startsWith(start))
                .findFirst()
                .orElseThrow(() -> new AssertionError(start + " in " + shell.out + shell.err))
                .substring(start.length());
    }

    private static Path mode(Path place, String mode) throws IOException {
        Files.createDirectories(place);
        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString(mode));
        return place;
    }

    private void surroundings(Map<String, String> locale) {
        shell.environment.keySet().removeAll(List.of("LC_ALL", "LC_CTYPE", "LANG"));
        shell.environment.putAll(locale);
    }

    @Test
    void wordsAndNamesAreUtf8WhateverTheLocale() throws Exception {
        shell.environment.put(
                "REAL_JAVA",
                Path.of(System.getProperty("java.home"), "bin/java").toString());
        for (var locale : List.of(
                Map.of("LC_ALL", "C"),
                Map.of("LC_ALL", "POSIX", "LANG", "C.UTF-8"),
                Map.of("LANG", "C"),
                Map.of("LANG", "xx_XX.UTF-8"), // named, but not installed
                Map.of("LC_CTYPE", "C", "LANG", "C.UTF-8"),
                Map.of("LC_CTYPE", "C.UTF-8", "LANG", "xx_XX.UTF-8"), // Java falls back to C for all of it
                Map.<String, String>of())) {
            surroundings(locale);
            assertThat(eidolon("nodes", "größe 微")).isZero();
            assertThat(shell.err).as(locale + "").contains("sun.jnu.encoding = UTF-8");
        }
        shell.environment.remove("REAL_JAVA");
        surroundings(Map.of("LANG", "C"));
        eidolon("nodes");
        assertThat(shell.out).as("letters and nothing else").contains("LC_ALL=unset LC_CTYPE=C.UTF-8");
        surroundings(Map.of("LANG", "C.UTF-8"));
        eidolon("nodes");
        assertThat(shell.out).as("left as it was").contains("LC_ALL=unset LC_CTYPE=unset");
    }

    @Test
    void withoutHomeScriptAndJavaTakeTheOneOfThePasswordDatabase() throws Exception {
        shell.environment.remove("HOME");
        Path entered = Files.createDirectories(folder.resolve("entered"));
        shell.program("getent", "[ \"$1\" = passwd ] && echo \"me:x:$2:$2:,,,:" + entered + ":/bin/sh\"");
        assertThat(eidolon("nodes")).as(shell.err).isZero();
        assertThat(given("-Duser.home=")).isEqualTo(entered.toString());
        assertThat(configuration()).startsWith(entered.resolve(".cache/eidolon/start"));
        assertThat(shell.out).contains("HOME=" + entered);
    }

    @Test
    void withoutAnyHomeItEndsUnlessACacheIsNamed() throws Exception {
        shell.environment.remove("HOME");
        shell.program("grep", "exit 1"); // nor in /etc/passwd
        assertThat(eidolon("nodes")).isEqualTo(1);
        assertThat(shell.err).contains("there is no home folder").contains("Set EIDOLON_CACHE");
        assertThat(shell.out).as("what Java was given").isEmpty();
        shell.environment.put("EIDOLON_CACHE", folder.resolve("cache").toString());
        assertThat(eidolon("nodes")).as(shell.err).isZero();
        assertThat(configuration()).startsWith(folder.resolve("cache/start"));
        assertThat(Files.getPosixFilePermissions(configuration()))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void codeDoesNotComeFromACacheThatOthersMayWrite() throws Exception {
        Path shared = mode(folder.resolve("shared"), "rwxrwxrwx");
        shell.environment.put("EIDOLON_CACHE", shared.toString());
        assertThat(eidolon("nodes")).as(shell.err).isZero();
        assertThat(configuration()).as("the user's own instead").startsWith(home.resolve(".cache/eidolon/start"));
        assertThat(shell.out).contains("DJL_CACHE_DIR=" + home.resolve(".cache/eidolon/djl"));
        mode(home, "rwxrwxrwx");
        shell.program("grep", "exit 1"); // no other home in /etc/passwd
        assertThat(eidolon("nodes")).isEqualTo(1);
        assertThat(shell.err)
                .contains("code is not loaded from " + shared + ", because everybody may write to " + shared)
                .contains("set EIDOLON_CACHE to a folder that you can write and nobody else");
        assertThat(shell.out).isEmpty();
    }

    @Test
    void aFolderAboveCountsAndALinkIsFollowedButNotTheStickyBitOfTmp() throws Exception {
        Path open = mode(folder.resolve("open"), "rwxrwxrwx");
        mode(open.resolve("mine"), "rwx------");
        Path link = Files.createSymbolicLink(folder.resolve("link"), open.resolve("mine"));
        shell.environment.put("EIDOLON_CACHE", link.toString());
        eidolon("nodes");
        assertThat(configuration()).as("others may put another folder there").startsWith(home);
        assertThat(shell.run(shell.programs.resolve("chmod"), "1777", open.toString()))
                .isZero();
        eidolon("nodes");
        assertThat(configuration()).startsWith(open.resolve("mine/start"));
    }

    @Test
    void codeDoesNotComeFromFoldersOfOtherUsers() throws Exception {
        Path planted = Files.createDirectories(folder.resolve("planted/eidolon/start"));
        try {
            Files.setAttribute(planted.getParent(), "unix:uid", 4321);
        } catch (IOException e) {
            assumeTrue(false, "root, to give a folder to somebody else");
        }
        shell.environment.put("XDG_CACHE_HOME", folder.resolve("planted").toString());
        assertThat(eidolon("nodes")).as(shell.err).isZero();
        assertThat(configuration()).startsWith(home.resolve(".cache/eidolon/start"));
        // a home of somebody else's, as sudo may keep it: the own one goes by the password database
        Path own = Files.createDirectories(folder.resolve("own"));
        shell.environment.put("HOME", folder.resolve("planted/eidolon").toString());
        shell.program("getent", "[ \"$1\" = passwd ] && echo \"me:x:$2:$2:,,,:" + own + ":/bin/sh\"");
        assertThat(eidolon("nodes")).as(shell.err).isZero();
        assertThat(configuration()).startsWith(own.resolve(".cache/eidolon/start"));
        shell.program("getent", "exit 2");
        shell.program("grep", "exit 1");
        assertThat(eidolon("nodes")).isEqualTo(1);
        assertThat(shell.err).contains(planted.getParent() + " belongs to user ");
    }

    @Test
    void aGroupOfOthersIsOthers() throws Exception {
        String me = System.getProperty("user.name");
        Path cache = mode(folder.resolve("cache"), "rwxrwxr-x");
        assumeTrue(Files.getAttribute(cache, "posix:group").toString().equals(me), "a group of the user's name");
        shell.environment.put("EIDOLON_CACHE", cache.toString());
        shell.program("getent", "[ \"$1\" = group ] && echo \"$2:x:7:\"");
        eidolon("nodes");
        assertThat(configuration()).as("nobody but me in it").startsWith(cache);
        shell.program("getent", "[ \"$1\" = group ] && echo \"$2:x:7:mallory\"");
        eidolon("nodes");
        assertThat(configuration()).startsWith(home);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EIDOLON_LIBTORCH",
                "PYTORCH_LIBRARY_PATH",
                "EIDOLON_BUNDLES",
                "DJL_CACHE_DIR",
                "ENGINE_CACHE_DIR"
            })
    void foldersWithCodeThatTheEnvironmentNamesAreLookedAt(String variable) throws Exception {
        Path place = mode(folder.resolve("named"), "rwxrwxrwx");
        shell.environment.put(variable, variable.equals("EIDOLON_BUNDLES") ? "/nowhere:" + place : place.toString());
        assertThat(eidolon("nodes")).isEqualTo(1);
        assertThat(shell.err)
                .contains(
                        variable + ": code is not loaded from " + place + ", because everybody may write to " + place);
        assertThat(shell.out).isEmpty();
        mode(place, "rwxr-xr-x");
        assertThat(eidolon("nodes")).as(shell.err).isZero();
    }

    @Test
    void addedBundlesAndTheStudiosStateAreLookedAt() throws Exception {
        shell.environment.put("DISPLAY", ":9");
        assertThat(eidolon("studio")).as(shell.err).isZero();
        mode(home.resolve(".local/state/eidolon/studio"), "rwxrwxrwx");
        assertThat(eidolon("studio")).isEqualTo(1);
        assertThat(shell.err).contains("the studio's state (XDG_STATE_HOME): code is not loaded from ");
        mode(home.resolve(".local/share/eidolon/bundles"), "rwxrwxrwx");
        assertThat(eidolon("nodes")).isEqualTo(1);
        assertThat(shell.err).contains("added bundles: code is not loaded from ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a#b", "a%b", "a%20b", "a?b", "a:b", "a[b]", "a\\b", "a#[b] %41?:c\\d"})
    void anInstallationMayBeCalledAnything(String name) throws Exception {
        Path script = installed(name);
        for (int start = 1; start <= 2; start++) {
            assertThat(shell.run(script, "nodes")).as(shell.err).isZero();
            Path stand = Path.of(given("-Deidolon.home="));
            assertThat(stand.toString()).doesNotContainPattern("[\\[\\]#%?:\\\\]");
            assertThat(stand.resolve("eidolon").toRealPath()).isEqualTo(script.toRealPath());
            assertThat(stand.resolve("libtorch/libtorch.so")).exists();
            assertThat(shell.out)
                    .contains(stand + "/plugins/org.eclipse.osgi_1.jar:" + stand + "/plugins/org.eidolon.start_1.jar");
            assertThat(stand.resolve("plugins/org.eidolon.start_1.jar")).exists();
        }
    }

    @Test
    void aCacheThatJavaCannotUseIsNamed() throws Exception {
        Path cache = folder.resolve("c#");
        shell.environment.put("EIDOLON_CACHE", cache.toString());
        assertThat(eidolon("nodes")).isEqualTo(1);
        assertThat(shell.err)
                .contains("Java cannot use the folder " + cache + "/start/")
                .contains("set EIDOLON_CACHE");
        assertThat(shell.out).isEmpty();
    }
}
