#!/bin/sh
# Makes luot.aot, the JVM's cache of classes: lets Luot run for a minute on stores of its own, where it sends itself hits
# (its warm-up), and makes calls of owners and readers. The first ones of a pod would otherwise have all hits wait.
# Called by Dockerfile.jvm, in the directory of the application. Without stores it makes a cache of a start.

redis-server --bind 127.0.0.1 --save '' --daemonize yes
mkdir /store && chown postgres /store
su postgres -c 'PATH=$(echo /usr/lib/postgresql/*/bin):$PATH \
    && initdb -D /store/luot -A trust -E UTF8 --locale=C.UTF-8 \
    && pg_ctl -D /store/luot -o "-k /store" -l /store/log -w start && createdb -h 127.0.0.1 luot'
LUOT_OPERATOR_KEY=$(head -c 24 /dev/urandom | base64)
export LUOT_OPERATOR_KEY

owners_calls='me status overview overview/report sites sites/trained sites/trained/counters
    sites/trained/pages?sort=views sites/trained/pages/sections sites/trained/series?metric=views&interval=day
    sites/trained/report sites/trained/referrers sites/trained/devices sites/trained/export?what=days&format=csv
    sites/trained/votes sites/trained/changes sites/trained/keys'
readers_calls='counters pages?path=/ pages/top rating?page=/ badge.svg methodology'

owner() {
  curl -s -o /dev/null -H "Authorization: Bearer $LUOT_OPERATOR_KEY" "$@"
}

call() {
  for wait in $(seq 60); do
    curl -sf -o /dev/null http://127.0.0.1:9000/q/health/ready && break
    sleep 1
  done
  owner http://127.0.0.1:8080/admin/v1/sites -H 'Content-Type: application/json' \
      -d '{"id":"trained","name":"Trained","origins":["https://portal.example"]}'
  for time in 1 2 3; do
    for path in $owners_calls; do
      owner "http://127.0.0.1:8080/admin/v1/$path"
    done
    for path in $readers_calls; do
      curl -s -o /dev/null -H 'Origin: https://portal.example' "http://127.0.0.1:8080/v1/sites/trained/$path"
    done
  done
}

call &
QUARKUS_DATASOURCE_USERNAME=postgres QUARKUS_SHUTDOWN_DELAY=0s LUOT_LIVE_WARM_UP=10s \
    timeout 60 java -Xmx256m -XX:AOTCacheOutput=luot.aot -jar quarkus-run.jar
test -s luot.aot
