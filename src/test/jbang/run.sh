#!/usr/bin/env bash
# Runs the README's Camel JBang command against a receiver and checks that every event of the example arrives.
set -euo pipefail
root=$(cd "$(dirname "$0")/../../.." && pwd)
work=$root/target/jbang
here=$root/src/test/jbang
version=$(sed -n 's#^  <version>\(.*\)</version>#\1#p' "$root/pom.xml" | head -n 1)
events=$(grep -c . "$root/examples/01-container-security/events.ndjson")
cd "$root"
rm -rf "$work" && mkdir -p "$work/classes" "$work/run"

mvn -q -B -ntp -Dquick -DskipTests install
mvn -q -B -ntp -f "$here/pom.xml" dependency:build-classpath -Dmdep.outputFile="$work/classpath"
javac -d "$work/classes" -cp "$(cat "$work/classpath")" "$here/CamelCommand.java"

bin/siem listen --tcp 5514 --max "$events" > "$work/received.txt" 2> "$work/receiver.log" &
receiver=$!
trap 'kill "$receiver" 2>/dev/null || true' EXIT

# The command of the README; settings that would write into the checkout point elsewhere.
timeout 120 java -Xmx512m -Dsiem.file.checkpoint="$work/run/files.checkpoint" -Dsiem.data="$work/run" \
  -cp "$work/classes:$(cat "$work/classpath")" CamelCommand \
  run routes/container-security.camel.yaml routes/application.properties \
  --dep=mvn:dev.camelsiem:camel-siem:"$version" --max-seconds=30 --logging-color=false \
  > "$work/camel.log" 2>&1 &
camel=$!
for _ in $(seq 300); do
  [ "$(grep -c 'CEF:0' "$work/received.txt")" -ge "$events" ] && break
  kill -0 "$camel" 2>/dev/null || break
  sleep 0.2
done
kill "$camel" 2>/dev/null || true
wait "$camel" 2>/dev/null || true

got=$(grep -c 'CEF:0' "$work/received.txt" || true)
if [ "$got" -ne "$events" ]; then
  tail -n 40 "$work/camel.log" >&2
  echo "jbang: $got of $events events arrived" >&2
  exit 1
fi
echo "jbang: $got of $events events arrived"
