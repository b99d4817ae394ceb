# `./oarlock verify`: runs the tests and the gates, sourced by the launcher.

verify() {
  exec 2>&1
  . "$root/.mvn/build.sh"
  dist=$root/target/verify # a test that calls the launcher must not wait for us
  mkdir -p "$dist" || die "cannot write $dist, where the build goes."
  take_lock
  release_lock_at_exit
  find "$root" -name node_modules -prune -o \( -path '*/target/surefire-reports' -o -path '*/target/test-reports' \) \
    -prune -print | while IFS= read -r reports; do rm -rf "${reports:?}"; done
  broken=''
  case ${1-} in
    '') verify_all ;;
    sdk-js | sdk-js/) verify_javascript ;;
    *) verify_module "${1%/}" ;;
  esac
  release_lock
  # shellcheck disable=SC2086 # names of gates are words
  "$java_home/bin/java" "$root/.ci/TestReport.java" "$root" $broken
}

verify_all() {
  gate format spotless:check
  gate tests verify -Dspotless.check.skip
  say 'launcher'
  JAVA_HOME=$java_home "$root/.ci/launcher-test" "$root/target/test-reports" || :
  verify_javascript
}

# Its report says what failed.
verify_javascript() {
  say 'sdk-js'
  JAVA_HOME=$java_home "$root/sdk-js/verify" "$root/sdk-js/target/test-reports" || :
}

verify_module() {
  [ -f "$root/$1/pom.xml" ] || die "no module $1." "modules: $(sed -n 's/.*<module>\(.*\)<\/module>.*/\1/p' "$root/pom.xml" | tr '\n' ' ')"
  gate format spotless:check -pl "$1"
  # Modules above it are compiled, not tested: Maven can only leave tests out by the names of those wanted.
  tests=$(find "$root/$1/src/test/java" \( -name '*Test.java' -o -name '*IT.java' \) 2>/dev/null |
    sed "s|.*/src/test/java/||; s|\.java$||; s|/|.|g" | paste -s -d , -)
  [ -n "$tests" ] || die "$1 has no tests."
  gate tests verify -Dspotless.check.skip -pl "$1" -am "-Dtest=$tests" -Dsurefire.failIfNoSpecifiedTests=false
}

# gate NAME WORDS... runs Maven; what breaks it other than a failed test is told at once and counted as one failure.
gate() {
  name=$1
  shift
  say "$name"
  maven "$dist/verify-$name.log" show_tests --fail-at-end -Dmaven.test.failure.ignore=true "$@" && return
  maven_errors "$dist/verify-$name.log" | head -n 60 >&2
  say "  all of Maven's words: $dist/verify-$name.log"
  broken="$broken $name"
}

show_tests() {
  case $1 in
    '[INFO] Building Oarlock '*': '*) module_folder "$1" ;;
    *'Tests run: '*'Time elapsed: '*' in '*) show_test_class "$1" ;;
    *'Downloading from '*) show_download "$1" ;;
  esac
}

# "[INFO] Tests run: 12, Failures: 1, Errors: 0, Skipped: 2, Time elapsed: 0.5 s <<< FAILURE! -- in io.oarlock.model.TagTest"
show_test_class() {
  class=${1##* in }
  run=${1#*Tests run: } failures=${1#*Failures: } errors=${1#*Errors: } skipped=${1#*Skipped: } seconds=${1#*Time elapsed: }
  failed=$((${failures%%,*} + ${errors%%,*})) skipped=${skipped%%,*}
  line="${run%%,*} tests, ${seconds%% *} s"
  [ "$skipped" = 0 ] || line="$line, $skipped skipped"
  [ "$failed" = 0 ] || line="$line, $failed FAILED"
  say "  $module ${class##*.}: $line"
}
