# The launcher's build, sourced when a source is newer than the last build.
#
# Maven makes thin jars; what runs is a copy of them under target/dist/builds/ID, where ID is their content: a server
# that is running keeps its own jars while the next build replaces Maven's, and an unchanged build keeps its caches.

apps=''
for app in platform/server platform/cli platform/demo enforcer/agent; do
  [ ! -f "$root/$app/pom.xml" ] || apps="$apps $app"
done
kept_builds=20

build_once() {
  mkdir -p "$dist" || die "cannot write $dist, where the build goes."
  take_lock
  release_lock_at_exit
  if ! up_to_date; then # whoever held the lock may have built it
    : >"$dist/stamp.new"
    package_programs
    assemble
    list_sources
    mv -f "$dist/stamp.new" "$dist/stamp"
  fi
  release_lock
}

take_lock() {
  waited=''
  until mkdir "$dist/lock" 2>/dev/null; do
    holder=$(cat "$dist/lock/pid" 2>/dev/null || :)
    if [ -n "$holder" ] && ! ps -p "$holder" >/dev/null 2>&1; then
      # Renaming lets one waiter alone take a dead builder's lock away.
      mv "$dist/lock" "$dist/lock.$$" 2>/dev/null && rm -rf "$dist/lock.$$"
      continue
    fi
    [ -n "$waited" ] || say "waiting for the build of process ${holder:-unknown}"
    waited=yes
    sleep 1
  done
  echo $$ >"$dist/lock/pid"
}

release_lock_at_exit() {
  trap 'stop_maven; release_lock' EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
}

release_lock() {
  trap - EXIT HUP INT TERM
  rm -rf "$dist/lock" "$dist/maven.pipe"
}

stop_maven() {
  if [ -n "${maven_pid-}" ]; then kill "$maven_pid" 2>/dev/null || :; fi
}

package_programs() {
  started=$(date +%s)
  maven "$dist/build.log" show_module -pl "$(printf '%s\n' $apps | paste -s -d , -)" -am -T1C -Plauncher package || build_failed
  show_progress "built in $(($(date +%s) - started)) s"
  end_progress
}

# maven LOG HANDLER WORDS... keeps Maven's words in LOG and hands each line to HANDLER.
# Maven runs as our child with its output through a pipe, so that a signal to the launcher stops it.
maven() {
  log=$1 handler=$2
  shift 2
  rm -f "$dist/maven.pipe"
  mkfifo "$dist/maven.pipe"
  (
    cd "$root"
    JAVA_HOME=$java_home exec "$mvn" -B -Dstyle.color=never "$@"
  ) >"$dist/maven.pipe" 2>&1 </dev/null &
  maven_pid=$!
  while IFS= read -r line; do
    printf '%s\n' "$line"
    "$handler" "$line"
  done <"$dist/maven.pipe" >"$log"
  rm -f "$dist/maven.pipe"
  finished=$maven_pid maven_pid=''
  wait "$finished"
}

show_module() {
  case $1 in
    '[INFO] Building Oarlock '*': '*)
      module_folder "$1"
      show_progress "building $module ${1##* }"
      ;;
    *'Downloading from '*) show_download "$1" ;;
  esac
}

# "[INFO] Building Oarlock automations runtime: api 0.1.0-SNAPSHOT   [2/13]"
module_folder() {
  module=${1#*Building Oarlock }
  module=$(printf '%s' "${module%% [0-9]*}" | sed 's/: /\//; s/ /-/g')
}

# A first build fetches some thousand files: the terminal shows each, a log shows that it began.
show_download() {
  if [ -t 2 ]; then
    printf '\r\033[Kfetching %s' "${1##*/}" >&2
  elif [ -z "${downloading-}" ]; then
    say 'fetching what Maven lacks'
  fi
  downloading=yes
}

show_progress() {
  if [ -t 2 ]; then printf '\r\033[K%s' "$1" >&2; else say "$1"; fi
}

end_progress() {
  [ ! -t 2 ] || printf '\n' >&2
}

build_failed() {
  end_progress
  say 'oarlock: the build failed.'
  maven_errors "$dist/build.log" | head -n 60 >&2
  say "  all of Maven's words: $dist/build.log"
  exit 1
}

# The compiler's complaints and Maven's errors, without Maven's advice about Maven.
maven_errors() {
  awk '
    /^\[ERROR\]/ || /^\[WARNING\] \// { shown = 1; sub(/^\[[A-Z]+\] */, "") }
    /^\[/ { shown = 0 }
    /COMPILATION ERROR|To see the full stack trace|Re-run Maven|For more information about|\[Help 1\]|After correcting|mvn <args>/ { next }
    shown && NF && !seen[$0]++ { print "  " $0 }
  ' "$1"
}

assemble() {
  build_id=$(module_jars | while IFS= read -r jar; do cksum "$jar"; done |
    cat - "$root"/*/*/target/launcher/classpath "$root/oarlock" "$root"/.mvn/*.* | cksum | tr ' ' '-')
  build=$dist/builds/$build_id
  mkdir -p "$build" "$dist/lib"
  for app in $apps; do
    copy_classpath "$app"
    printf '%s\n' "$copied" >"$build/${app##*/}.classpath"
  done
  printf '%s\n' "$build_id" >"$dist/current.new"
  mv -f "$dist/current.new" "$dist/current"
  touch "$build"
  prune_builds
}

# A program keeps the jars it was started with for as long as it runs.
prune_builds() {
  in_use=$(ps -A -ww -o args= 2>/dev/null) || return 0
  ls -1t "$dist/builds" | tail -n +$((kept_builds + 1)) | while IFS= read -r old; do
    case $in_use in
      *"$dist/builds/$old/"*) ;;
      *) rm -rf "$dist/builds/${old:?}" ;;
    esac
  done
}

module_jars() {
  for app in $apps; do
    own_jar "$app"
    tr ':' '\n' <"$root/$app/target/launcher/classpath" | grep "^$root/" || :
  done | sort -u
}

own_jar() {
  printf '%s\n' "$root/$1/target/launcher/oarlock-${1##*/}.jar"
}

# Copies one program's jars and sets copied to its class path, in Maven's order.
copy_classpath() {
  copied=''
  { own_jar "$1"; tr ':' '\n' <"$root/$1/target/launcher/classpath"; echo; } >"$dist/jars"
  while IFS= read -r jar; do
    case $jar in
      "$root"/*.jar) copy=$(place "$jar" "$build") ;;
      *.jar) copy=$(place "$jar" "$dist/lib") ;;
      *) continue ;;
    esac
    copied=$copied${copied:+:}$copy
  done <"$dist/jars"
}

# Jars of equal name and different content must not shadow each other: the later one goes beside the modules.
place() {
  source=$(unsigned "$1")
  copy=$2/${1##*/}
  if [ -e "$copy" ] && ! cmp -s "$source" "$copy"; then copy=$build/third-party-${1##*/}; fi
  if [ ! -e "$copy" ]; then
    cp -p "$source" "$copy.$$"
    mv "$copy.$$" "$copy"
  fi
  printf '%s\n' "$copy"
}

# The jar without its signature, for which a JVM would pay at each start; names in a jar are plain text.
unsigned() {
  if ! LC_ALL=C grep -qaE 'META-INF/[A-Za-z0-9_-]+\.(SF|RSA|DSA|EC)' "$1"; then
    printf '%s\n' "$1"
    return
  fi
  copy=$dist/unsigned/$(cksum <"$1" | tr ' ' '-')-${1##*/}
  if [ ! -e "$copy" ]; then
    mkdir -p "$dist/unsigned"
    "$java_home/bin/java" "$root/.mvn/Unsign.java" "$1" "$copy.$$" >&2 || die "cannot copy $1."
    mv "$copy.$$" "$copy"
  fi
  printf '%s\n' "$copy"
}

# What the next start compares with the stamp.
list_sources() {
  {
    printf '%s\n' "$root/pom.xml" "$root/.mvn" "$root/oarlock"
    sed -n 's/.*<module>\(.*\)<\/module>.*/\1/p' "$root/pom.xml" | while IFS= read -r module; do
      for source in "$root/$module/pom.xml" "$root/$module/src/main"; do
        if [ -e "$source" ]; then printf '%s\n' "$source"; fi
      done
    done
  } >"$dist/sources"
}
