#!/usr/bin/env bash
# Parse Server on mongo-java-server (all in memory): starts both, fills in 1000 objects, prints one line of JSON that says
# how to ask it for the same things as Oarlock, and runs until it is told to stop. What it needs from npm and Maven goes
# to PEERS_DIR. Its master key asks, so that it checks no rights.
set -euo pipefail
: "${PEERS_DIR:=${XDG_CACHE_HOME:-$HOME/.cache}/oarlock-peers}" "${PARSE_VERSION:=9.10.0}" "${NODE_VERSION:=24}" "${MONGO_VERSION:=1.47.0}"
work=$PEERS_DIR/parse-$PARSE_VERSION-node$NODE_VERSION mongo=$PEERS_DIR/mongo-java-server-$MONGO_VERSION
export NODE_ENV=production
mkdir -p "$work" "$mongo"

if [ ! -f "$work/installed" ]; then
  echo '{"private":true}' >"$work/package.json"
  (cd "$work" && npm install --no-audit --no-fund "parse-server@$PARSE_VERSION" express@5 "node@$NODE_VERSION" >install.log 2>&1)
  touch "$work/installed"
fi
if [ ! -f "$mongo/installed" ]; then
  cat >"$mongo/pom.xml" <<POM
<project><modelVersion>4.0.0</modelVersion><groupId>peers</groupId><artifactId>mongo</artifactId><version>1</version><dependencies>
<dependency><groupId>de.bwaldvogel</groupId><artifactId>mongo-java-server</artifactId><version>$MONGO_VERSION</version></dependency>
<dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>2.0.17</version></dependency>
</dependencies></project>
POM
  mvn -q -ntp -f "$mongo/pom.xml" dependency:copy-dependencies -DoutputDirectory="$mongo/lib" >&2
  touch "$mongo/installed"
fi
cat >"$mongo/Main.java" <<'JAVA'
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;

public class Main {
  public static void main(String[] args) throws Exception {
    System.out.println(new MongoServer(new MemoryBackend()).bind().getPort());
    Thread.currentThread().join();
  }
}
JAVA
cat >"$work/server.js" <<'JS'
const express = require('express');
const { ParseServer } = require('parse-server');
const app = express();
const listener = app.listen(0, '127.0.0.1', async () => {
  const { port } = listener.address();
  const server = new ParseServer({ databaseURI: `mongodb://127.0.0.1:${process.argv[2]}/peer`, appId: 'app', masterKey: 'master',
    serverURL: `http://127.0.0.1:${port}/parse`, silent: true, verbose: false });
  await server.start();
  app.use('/parse', server.app);
  console.log(port);
});
JS

started=()
trap 'kill "${started[@]}" 2>/dev/null || :; wait' EXIT
trap 'exit 143' TERM INT
# start LOG COMMAND...: sets pid, and port when it has said where it listens.
start() {
  local log=$1
  shift
  : >"$log"
  "$@" >>"$log" 2>&1 &
  pid=$!
  started+=("$pid")
  until port=$(grep -Ex '[0-9]+' "$log"); do
    kill -0 "$pid" 2>/dev/null || { cat "$log" >&2; exit 1; }
    sleep 0.1
  done
}
start "$mongo/run.log" java -Xmx2g -cp "$mongo/lib/*" "$mongo/Main.java"
mongo_pid=$pid
start "$work/run.log" env -C "$work" "$work/node_modules/.bin/node" server.js "$port"
python3 - "$port" "$pid" "$mongo_pid" "$PARSE_VERSION" "$MONGO_VERSION" <<'PYTHON'
import json, sys, urllib.request
port, parse, mongo, version, mongo_version = sys.argv[1:]
base = f"http://127.0.0.1:{port}/parse/classes"
headers = {"X-Parse-Application-Id": "app", "X-Parse-Master-Key": "master", "Content-Type": "application/json"}
def unit(name, key):
    return json.dumps({"name": name, "namespace": "/acme/prod", "associatedTags": ["app=web", "env=prod", f"k={key}"], "status": "Running"})
def post(body):
    return json.load(urllib.request.urlopen(urllib.request.Request(base + "/Stored", body.encode(), headers)))["objectId"]
ids = [post(unit(f"pu-{i}", i % 100)) for i in range(1000)]
print(json.dumps({
    "name": f"parse-server {version} on mongo-java-server {mongo_version}",
    "processes": {"parse": int(parse), "mongo": int(mongo)},
    "operations": {
        "create": {"method": "POST", "url": base + "/Created", "headers": headers, "body": unit("pu-{{n}}", "{{n}}"), "expect": "objectId"},
        "get": {"url": f"{base}/Stored/{ids[500]}", "headers": headers, "expect": '"Running"'},
        "list": {"url": base + "/Stored?limit=50", "headers": headers, "expect": '"results":[{'},
    }}), flush=True)
PYTHON
wait
