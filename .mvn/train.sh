# The launcher's training run, sourced when there is no AOT cache yet for this JDK and build.
#
# A JVM that may map a cache of loaded and linked classes starts in a fraction of the time. One training run makes it for
# both programs: a server of its own in a scratch home, asked by the CLI's rehearsal, in the background and at low priority.

training_seconds_max=120
retry_minutes=10
kept_caches=3

# train_in_background WORD
train_in_background() {
  ( (umask 077 && train "$1") </dev/null >/dev/null 2>&1 &)
}

train() {
  set +e
  # Not at each start, when it cannot be made here.
  [ -z "$(find "$aot/incomplete" -mmin -$retry_minutes 2>/dev/null)" ] || return 0
  work=$aot.training
  find "$work" -maxdepth 0 -mmin +10 -exec rm -rf {} + 2>/dev/null # left by a run that was killed
  mkdir -p "${aot%/*}" && mkdir "$work" || return 0 # somebody else is at it
  trap 'stop_training' EXIT
  trap 'exit 1' HUP INT TERM
  exec >"$work/log" 2>&1
  [ "$1" != up ] || wait_for "$training_seconds_max" real_server_is_up
  mkdir "$work/made"
  train_server_and_cli
  keep_what_was_made
  ls -1dt "${aot%/*}"/*/ | grep -v '\.training/$' | tail -n +$((kept_caches + 1)) | while IFS= read -r old; do rm -rf "${old:?}"; done
}

keep_what_was_made() {
  mkdir -p "$aot"
  mv -f "$work"/made/*.aot "$aot/"
  mv -f "$work/log" "$aot/log"
  if [ -r "$aot/server.aot" ] && [ -r "$aot/cli.aot" ]; then rm -f "$aot/incomplete"; else : >"$aot/incomplete"; fi
}

train_server_and_cli() {
  real_home=$OARLOCK_HOME
  scratch=$(mktemp -d) # near the root: the path of a socket has about a hundred bytes
  OARLOCK_HOME=$scratch
  OARLOCK_AOT=off
  record server Main "$server_flags" up --port 0 --json >"$work/ready" &
  server_pid=$!
  if wait_for "$training_seconds_max" server_is_ready; then
    (record cli Rehearsal "$cli_flags")
  fi
  kill -TERM "$server_pid"
  wait_for "$training_seconds_max" server_is_gone || kill -KILL "$server_pid"
  rm -f "$work"/made/*.config
  OARLOCK_HOME=$real_home
}

# record PROGRAM MAIN FLAGS WORDS... becomes a JVM that leaves a cache of the program behind.
record() {
  find_classpath "$1"
  main=io.oarlock.$1.$2 made=$work/made/$1.aot flags=$3
  shift 3
  # shellcheck disable=SC2086 # flags are words
  exec nice -n 10 "$java_home/bin/java" $flags $quiet_flags ${OARLOCK_JAVA_OPTIONS-} \
    "-XX:AOTCacheOutput=$made" -cp "$classpath" "$main" "$@"
}

real_server_is_up() { [ -r "$OARLOCK_HOME/run/server.json" ]; }

server_is_ready() { [ -s "$work/ready" ] || server_is_gone; }

server_is_gone() { ! kill -0 "$server_pid"; }

wait_for() {
  left=$1
  until "$2"; do
    left=$((left - 1))
    [ "$left" -gt 0 ] || return 1
    sleep 1
  done
}

stop_training() {
  if [ -n "${server_pid-}" ]; then kill "$server_pid" 2>/dev/null; fi
  rm -rf "$work" ${scratch:+"$scratch"}
}
