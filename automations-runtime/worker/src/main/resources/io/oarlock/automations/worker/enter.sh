#!/bin/sh
# Builds a root that holds nothing but what a worker needs, and starts it there.
# Runs inside fresh mount, network, process and message namespaces.
#   enter.sh ROOT SETPRIV SETPRIV_OPTIONS SOCKET TASKS BIND... -- COMMAND...
set -eu
root=$1 setpriv=$2 options=$3 socket=$4 tasks=$5
shift 5

mount -t tmpfs -o size=1m,mode=755,nosuid tmpfs "$root"

bind_directory() {
  if [ -e "$root$1" ]; then return; fi
  mkdir -p "$root$1"
  mount --rbind "$1" "$root$1"
  mount -o remount,bind,ro,nosuid "$root$1" 2>/dev/null || mount -o remount,bind,ro "$root$1"
}
bind_file() {
  mkdir -p "$root$(dirname "$1")"
  : > "$root$2"
  mount --bind "$1" "$root$2"
}

for library in /lib /lib64 /usr/lib /usr/lib64; do
  if [ -L "$library" ]; then
    ln -s "$(readlink "$library")" "$root$library"
  elif [ -d "$library" ]; then
    bind_directory "$library"
  fi
done
while [ "$1" != -- ]; do
  bind_directory "$1"
  shift
done
shift
mkdir "$root/dev" "$root/proc"
for device in /dev/null /dev/zero /dev/random /dev/urandom; do
  bind_file "$device" "$device"
done
bind_file "$socket" "$socket"
bind_file "$setpriv" /.setpriv
mount -t proc -o nosuid,nodev,noexec proc "$root/proc"
mount -o remount,bind,ro,nosuid "$root"
# Some shells call this limit u, some p.
# shellcheck disable=SC3045
[ "$tasks" = unlimited ] || ulimit -u "$tasks" 2>/dev/null || ulimit -p "$tasks"
# Word splitting of the options is meant.
# shellcheck disable=SC2086
exec chroot "$root" /.setpriv $options -- "$@"
