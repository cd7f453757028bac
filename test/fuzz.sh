#!/bin/sh
# Runs every fuzz target for the ten minutes that its annotation says: test/fuzz.sh [NAME].
# A finding fails the run and leaves its input beside the test, where the ordinary build replays it from then on.
set -u
cd "$(dirname "$0")/.."
wanted=${1:-}
failed=""
for file in $(grep -rl --include='*FuzzTest.java' '@FuzzTest' foundation config control data user 2>/dev/null | sort); do
    module=${file%%/src/test/*}
    class=$(basename "$file" .java)
    for target in $(sed -n '/@FuzzTest/{n;s/.* void \([A-Za-z0-9]*\)(.*/\1/p;}' "$file"); do
        case $class.$target in *"$wanted"*) ;; *) continue ;; esac
        echo "fuzzing $class.$target"
        JAZZER_FUZZ=1 mvn -q -B -Dquick -pl "$module" -am test -Dtest="$class#$target" -Dsurefire.failIfNoSpecifiedTests=false ||
            failed="$failed $class.$target"
    done
done
if [ -n "$failed" ]; then
    echo "findings in:$failed"
    exit 1
fi
