# SPDX-License-Identifier: EPL-2.0
# What the start scripts of a checkout and of the product settle before anything else: how they speak, in which letters,
# whose home it is, and which folders code may come from. Sourced by bash.

# ---- how they speak ------------------------------------------------------------------------------------------------
# Where every line of standard error is to be JSON, what the scripts say is, too.
json=
case " $* " in *" --progress json "* | *" --progress=json "*) json=yes ;; esac
as_event() { # KIND LINE
  local line=${2//\\/\\\\}
  local -x TZ=UTC0
  line=${line//\"/\\\"}
  printf '{"event":"%s","time":"%(%Y-%m-%dT%H:%M:%SZ)T","message":"%s"}\n' "$1" -1 "${line//[[:cntrl:]]/ }"
}
tell() { if [ -n "$json" ]; then as_event "$1" "$2"; else printf 'eidolon: %s\n' "$2"; fi >&2; } # KIND LINE
say() { tell info "$*"; }
die() { tell error "$*"; exit 1; }

# ---- letters -------------------------------------------------------------------------------------------------------
# Java reads arguments and names of files in the letters of the locale. In C, which is what containers, cron and many a
# remote shell have, those are ASCII: words would turn into U+FFFD without a word, and files with other names could not be
# opened. A locale that is named but not installed counts as C, so the name tells nothing. One with letters of its own
# (ISO-8859-1 and the like) is what this terminal and these file names are written in, and stays.
choose_letters() {
  local letters name
  letters=$(locale charmap 2> /dev/null)
  case $letters in ANSI_X3.4-1968 | US-ASCII | '') ;; *) return ;; esac
  for name in C.UTF-8 C.utf8 en_US.UTF-8; do
    if [ "$(LC_ALL=$name locale charmap 2> /dev/null)" = UTF-8 ]; then
      if [ -n "${LC_ALL:-}" ]; then export LC_ALL=$name; else export LC_CTYPE=$name; fi
      return
    fi
  done
  say "no UTF-8 locale is installed: words and names of files beyond ASCII cannot be read"
}
choose_letters

# ---- whose home ----------------------------------------------------------------------------------------------------
# The home folder as the password database has it, or nothing.
entered_home() {
  local entry folder
  entry=$(getent passwd "$EUID" 2> /dev/null) || entry=$(grep -m 1 "^[^:]*:[^:]*:$EUID:" /etc/passwd 2> /dev/null)
  IFS=: read -r _ _ _ _ _ folder _ <<< "$entry"
  [ "$folder" = /nonexistent ] || printf %s "$folder"
}
if [ -z "${HOME:-}" ]; then
  HOME=$(entered_home)
  # without any home there is none that others could have made in its stead
  if [ -n "$HOME" ]; then export HOME; else unset HOME; fi
fi

# ---- which folders code may come from ------------------------------------------------------------------------------
# Says who besides this user and root may write to a folder that is there, or put another in its place; nothing if nobody.
# Whoever may, could have code of theirs run by this user.
others_writing() { # FOLDER
  local path=$1 paths=() i=0 uid mode owner group members unmapped
  path=$(cd -- "$1" 2> /dev/null && pwd -P) || { echo "it cannot be entered"; return; }
  while [ -n "$path" ]; do paths+=("$path"); path=${path%/*}; done
  paths+=(/)
  while IFS=: read -r uid mode owner group; do
    path=${paths[i]} mode=$((8#$mode)); i=$((i + 1))
    if [ "$uid" != "$EUID" ] && [ "$uid" != 0 ]; then
      # in a user namespace root of the machine may go by no name; what is right below / can only be root's
      read -r unmapped < /proc/sys/kernel/overflowuid 2> /dev/null
      [ "$uid" = "${unmapped:-}" ] && [[ $path != /*/* ]] || { echo "$path belongs to user $owner"; return; }
    fi
    # in a folder with the sticky bit, such as /tmp, others cannot touch what is not theirs
    if [ $i -gt 1 ] && ((mode & 01000)); then continue; fi
    ((mode & 0002)) && { echo "everybody may write to $path"; return; }
    if ((mode & 0020)); then
      members=$(getent group "$group" 2> /dev/null) members=${members##*:}
      # a group that has one's own name and nobody else in it is no group of others
      [ "$group" = "$owner" ] && [[ -z $members || $members = "$owner" ]] \
        || { echo "the group $group may write to $path"; return; }
    fi
  done < <(stat -c '%u:%a:%U:%G' -- "${paths[@]}" 2> /dev/null)
  [ $i -eq ${#paths[@]} ] || echo "$path cannot be looked at"
}
only_ours() { [ -z "$(others_writing "$1")" ]; } # FOLDER
# Ends where a folder that the environment names could hold code of somebody else's.
trusting() { # VARIABLE FOLDER
  local why
  [ -d "$2" ] || return 0
  why=$(others_writing "$2")
  [ -z "$why" ] || die "$1: code is not loaded from $2, because $why. Let it belong to you or root, and only its owner write there."
}
