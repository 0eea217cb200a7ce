# SPDX-License-Identifier: EPL-2.0
# What the checkout's launcher needs of the machine: a JDK, Maven, and for tests of windows GTK 3, OpenGL and a display.
# Where it may (apt, as root or by a sudo that asks for no password) it installs what is missing and says so; elsewhere it
# ends with the line that does. EIDOLON_INSTALL=no keeps it from installing. Sourced by bash, after surroundings.sh.

maven_wanted=3.9.16
jdk_packages=(openjdk-21-jdk-headless openjdk-25-jdk-headless)   # one of them will do; the names that apt knows

# Where things lie; tests put others in their place.
jdk_places=(/usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* ${HOME:+"$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*})
os_release=/etc/os-release
apt_lists=/var/lib/apt/lists
is_root() { [ "$EUID" = 0 ]; }

# ---- what is there -------------------------------------------------------------------------------------------------
major_of() { sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null; }
find_jdk() {
  local folder best='' best_major=20 major on_path
  if [ -n "${JAVA_HOME:-}" ] && [ -x "$JAVA_HOME/bin/javac" ]; then
    major=$(major_of "$JAVA_HOME"); [ "${major:-0}" -ge 21 ] && { echo "$JAVA_HOME"; return; }
  fi
  on_path=$(command -v javac 2>/dev/null) && on_path=$(readlink -f "$on_path") && on_path=${on_path%/bin/javac}
  for folder in "$on_path" "${jdk_places[@]}"; do
    [ -n "$folder" ] && [ -x "$folder/bin/javac" ] || continue
    major=$(major_of "$folder")
    [ "${major:-0}" -gt "$best_major" ] && { best=$folder; best_major=$major; }
  done
  [ -n "$best" ] && echo "$best"
}
own_maven() { echo "$root/.maven/apache-maven-$maven_wanted/bin/mvn"; }
has_library() { PATH=$PATH:/sbin:/usr/sbin ldconfig -p 2> /dev/null | grep -q "^[[:space:]]*$1 "; }
# What of NEED… is missing, as words of this script.
missing_of() { # NEED…
  local need
  for need in "$@"; do
    case $need in
      jdk) find_jdk > /dev/null || echo jdk ;;
      maven) [ -x "$(own_maven)" ] || command -v mvn > /dev/null || echo maven ;;
      window)
        has_library libgtk-3.so.0 || echo gtk
        has_library libGL.so.1 && has_library libEGL.so.1 || echo opengl ;;
      display) [ -n "${DISPLAY:-}" ] || { command -v xvfb-run && command -v xauth; } > /dev/null || echo xvfb ;;
    esac
  done
}

# ---- what brings it ------------------------------------------------------------------------------------------------
apt_knows() { apt-cache show --no-all-versions "$1" > /dev/null 2>&1; }
# The package with a JDK from 21 on that this release has, or nothing.
jdk_package() {
  local package
  for package in "${jdk_packages[@]}"; do apt_knows "$package" && { echo "$package"; return; }; done
  # without its lists apt knows nothing
  compgen -G "$apt_lists/*_Packages*" > /dev/null || [[ $release = "debian "[0-9] || $release = "debian "1[0-2] ]] \
    || echo "${jdk_packages[0]}"
}
packages_of() { # apt|dnf THING…
  local thing manager=$1
  shift
  for thing in "$@"; do
    case $manager-$thing in
      apt-jdk) jdk_package ;;
      *-maven) echo maven ;;
      apt-gtk) echo libgtk-3-0 ;;
      apt-opengl) echo libgl1 libegl1 ;;
      apt-xvfb) echo xvfb xauth ;;
      dnf-jdk) echo java-latest-openjdk-devel ;;
      dnf-gtk) echo gtk3 ;;
      dnf-opengl) echo mesa-libGL mesa-libEGL mesa-dri-drivers ;;
      dnf-xvfb) echo xorg-x11-server-Xvfb xorg-x11-xauth ;;
    esac
  done
}
plain_words() { # THING…
  local thing words=()
  for thing in "$@"; do
    case $thing in
      jdk) words+=("a JDK from 21 on") ;;
      maven) words+=(Maven) ;;
      gtk) words+=("GTK 3") ;;
      opengl) words+=(OpenGL) ;;
      xvfb) words+=("Xvfb with xvfb-run and xauth (the tests open windows and DISPLAY is not set)") ;;
    esac
  done
  printf -v words '%s, ' "${words[@]}"
  printf %s "${words%, }"
}
jdk_by_hand="unpack one, such as Temurin, below /opt (as /opt/jdk…) or below ~/.jdks, or set JAVA_HOME to its folder"
# Ends with what is missing and the one line that brings it here.
name_line() { # THING…
  local packages wanted; wanted="needed and not there: $(plain_words "$@")"
  if [ "$manager" = none ]; then die "$wanted. Install that with what this system has for it; for a JDK: $jdk_by_hand."; fi
  packages=$(packages_of "$manager" "$@" | tr '\n' ' ')
  if [[ " $* " = *" jdk "* && $packages != *jdk* ]]; then
    wanted+=". $release_name has no package with such a JDK: $jdk_by_hand"
  fi
  [ -z "$packages" ] || wanted+=". To install it: sudo $manager install ${packages% }"
  die "$wanted"
}
install_missing() { # THING…
  local as_root=() packages log=$root/.maven/install.log
  if [ "$manager" != apt ] || [ "${EIDOLON_INSTALL:-yes}" = no ]; then name_line "$@"; fi
  if ! is_root; then
    as_root=(sudo -n)
    sudo -n true 2> /dev/null || name_line "$@"
  fi
  mkdir -p "$root/.maven"
  "${as_root[@]}" apt-get -q update > "$log" 2>&1   # a source that is down does not matter where the others have all
  packages=$(packages_of apt "$@" | tr '\n' ' ')
  [[ " $* " != *" jdk "* || $packages = *jdk* ]] || name_line "$@"
  say "installing ${packages% } (apt-get${as_root[*]:+ by sudo}; log: ${log#"$root/"})"
  # shellcheck disable=SC2086
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends \
      -o DPkg::Lock::Timeout=300 install $packages >> "$log" 2>&1 < /dev/null \
    || { tail -n 15 "$log" >&2; die "that failed; the whole log is $log. By hand: sudo apt install ${packages% }"; }
}

# ---- all of it -----------------------------------------------------------------------------------------------------
# Sees to NEED… (jdk, maven, window, display) or ends. Sets JAVA_HOME and maven where they are asked for.
prepare() { # NEED…
  local missing ID='' VERSION_ID='' PRETTY_NAME='' release release_name manager=none
  mapfile -t missing < <(missing_of "$@")
  if [ ${#missing[@]} -gt 0 ]; then
    [ ! -r "$os_release" ] || . "$os_release"
    release="$ID $VERSION_ID" release_name=${PRETTY_NAME:-this system}
    if command -v apt-get > /dev/null; then manager=apt; elif command -v dnf > /dev/null; then manager=dnf; fi
    install_missing "${missing[@]}"
    mapfile -t missing < <(missing_of "$@")
    [ ${#missing[@]} -eq 0 ] || die "installed, and still not found: $(plain_words "${missing[@]}")"
  fi
  case " $* " in *" jdk "*) JAVA_HOME=$(find_jdk); export JAVA_HOME ;; esac
  case " $* " in *" maven "*) choose_maven ;; esac
}
version_at_least() { [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n1)" = "$1" ]; }
choose_maven() {
  local own system
  own=$(own_maven)
  if [ -x "$own" ]; then maven=$own; return; fi
  system=$(command -v mvn)
  if version_at_least 3.9.9 "$("$system" -v 2>/dev/null | sed -n 's/.*Apache Maven \([0-9.]*\).*/\1/p')"; then
    maven=$system; return
  fi
  say "fetching Maven $maven_wanted once (the installed one is too old for Tycho)"
  # a .mvn of its own keeps that old Maven from reading this project's extensions
  mkdir -p "$root/.maven/.mvn" \
    && (cd "$root/.maven" && "$system" -B -q org.apache.maven.plugins:maven-dependency-plugin:3.8.1:unpack \
          "-Dartifact=org.apache.maven:apache-maven:$maven_wanted:zip:bin" "-DoutputDirectory=$root/.maven") \
          > "$root/.maven/fetch.log" 2>&1 \
    && [ -f "$own" ] && chmod +x "$own" && rm -rf "$root/.maven/"'${project.basedir}' \
    || { tail -n 20 "$root/.maven/fetch.log" >&2; die "Maven $maven_wanted could not be fetched; see .maven/fetch.log. Maven 3.9.9 or newer on the PATH does as well."; }
  maven=$own
}
