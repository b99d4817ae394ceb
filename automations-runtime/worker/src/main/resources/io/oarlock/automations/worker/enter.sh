#!/bin/sh
# Builds a root that holds nothing but what a worker needs, and starts it there.
# Runs inside fresh mount, network, process and message namespaces.
#   enter.sh ROOT SETPRIV SETPRIV_OPTIONS SOCKET TASKS BIND... -- COMMAND...
set -eu
root=$1 setpriv=$2 options=$3 socket=$4 tasks=$5
shift 5

mount -t tmpfs -o size=1m,mode=755,nosuid tmpfs "$root"

# Each program that is started here delays the worker, so there are few.
bind_directory() {
  if [ -e "$root$1" ]; then return; fi
  mkdir -p "$root$1"
  # In a user namespace an option of the original may have to stay: a remount keeps them all.
  mount --rbind -o ro,nosuid "$1" "$root$1" 2>/dev/null || mount --rbind "$1" "$root$1"
  if [ -w "$root$1" ]; then mount -o remount,bind,ro "$root$1"; fi
}
bind_file() {
  : > "$root$2"
  mount --bind "$1" "$root$2"
}

for library in /lib /lib64 /usr/lib /usr/lib64; do
  if [ -L "$library" ]; then
    cp -P "$library" "$root$library"
  elif [ -d "$library" ]; then
    bind_directory "$library"
  fi
done
while [ "$1" != -- ]; do
  bind_directory "$1"
  shift
done
shift
mkdir -p "$root/dev" "$root/proc" "$root${socket%/*}"
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
