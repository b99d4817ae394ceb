# The launcher's training run, sourced when there is no AOT cache yet for this JDK and build.
#
# A JVM that may map a cache of loaded and linked classes starts in a fraction of the time. One training run makes it for
# both programs: a server of its own in a scratch home, asked by the CLI, in the background and at low priority.

training_seconds_max=120
kept_caches=3

# train_in_background WORD
train_in_background() {
  ( (umask 077 && train "$1") </dev/null >/dev/null 2>&1 &)
}

train() {
  set +e
  work=$aot.training
  find "$work" -maxdepth 0 -mmin +10 -exec rm -rf {} + 2>/dev/null # left by a run that was killed
  mkdir -p "${aot%/*}" && mkdir "$work" || return 0 # somebody else is at it
  trap 'stop_training' EXIT
  trap 'exit 1' HUP INT TERM
  exec >"$work/log" 2>&1
  [ "$1" != up ] || wait_for "$training_seconds_max" real_server_is_up
  mkdir "$work/made"
  train_server_and_cli
  mv "$work/made" "$aot" # even when it is empty: a run that failed once is not repeated at each start
  mv "$work/log" "$aot/log"
  ls -1dt "${aot%/*}"/*/ | grep -v '\.training/$' | tail -n +$((kept_caches + 1)) | while IFS= read -r old; do rm -rf "${old:?}"; done
}

train_server_and_cli() {
  real_home=$OARLOCK_HOME
  OARLOCK_HOME=$work/home
  OARLOCK_AOT=off
  record server "$server_flags" up --port 0 --json >"$work/ready" &
  server_pid=$!
  if wait_for "$training_seconds_max" server_is_ready; then
    (recording=off record cli "$cli_flags" login)
    # So that the list has a row: what prints tables is to be in the cache.
    (recording=off record cli "$cli_flags" api create namespace --set name=training)
    (record cli "$cli_flags" api list namespaces)
  fi
  kill -TERM "$server_pid"
  wait_for "$training_seconds_max" server_is_gone || kill -KILL "$server_pid"
  rm -f "$work"/made/*.config
  OARLOCK_HOME=$real_home
}

# record PROGRAM FLAGS WORDS... becomes a JVM that leaves a cache of the program behind.
record() {
  find_classpath "$1"
  flags=$2
  shift 2
  set -- -cp "$classpath" "io.oarlock.$program.Main" "$@"
  [ "${recording-}" = off ] || set -- "-XX:AOTCacheOutput=$work/made/$program.aot" "$@"
  # shellcheck disable=SC2086 # flags are words
  exec nice -n 10 "$java_home/bin/java" $flags $quiet_flags ${OARLOCK_JAVA_OPTIONS-} "$@"
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
  rm -rf "$work"
}
