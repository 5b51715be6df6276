#!/usr/bin/env bash
# bash deploy/lib/bare-root.bash WORK: what deploy/check does with WORK/packages in WORK/bare, inside namespaces of its own.
set -euo pipefail
work=$1 bare=$1/bare service='' exit_code=0 feed=http://127.0.0.1:8900/feed.xml
settings=/etc/ingest-worker/appsettings.json wanted=/etc/systemd/system/multi-user.target.wants/ingest-worker.service

fail() { echo "packages: $1" >&2 && exit 1; }
enter=(chroot "$bare" /usr/bin/env -i HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8)
in_root() { "${enter[@]}" "$@"; }
as_user() { in_root setpriv --reuid="$1" --regid="$1" --init-groups --no-new-privs -- env HOME=/tmp "${@:2}"; }
holds() { [[ $1 == *"$2"* ]] || fail "expected '$2', but there is: $1"; }

serve_feed() {
  ip link set lo up
  mount -t proc proc "$bare/proc"
  mkdir -p "$bare/dev/shm" "$bare/packages" "$work/feed"
  mount -t tmpfs tmpfs "$bare/dev/shm"
  mount --bind "$work/packages" "$bare/packages"
  local text='Four schools of the town will begin lessons at nine from Monday on, and teachers will report on it in March.'
  printf '<rss version="2.0"><channel><title>Town</title><link>http://127.0.0.1:8900/</link><item><title>Schools open later</title><link>http://127.0.0.1:8900/1</link><pubDate>%s</pubDate><description>%s</description></item></channel></rss>' \
    "$(date -R)" "$text $text $text" >"$work/feed/feed.xml"
  python3 -m http.server 8900 --bind 127.0.0.1 --directory "$work/feed" >/dev/null 2>&1 &
  until (exec 3<>/dev/tcp/127.0.0.1/8900) 2>/dev/null; do sleep 0.05; done
}

# As systemd starts it: the line of the unit, under its user, with the folders that it asks for.
start_service() {
  local line
  line=$(sed -n 's/^ExecStart=//p' "$bare/usr/lib/systemd/system/ingest-worker.service")
  in_root install -d -o ingest-worker -g ingest-worker /run/ingest-worker
  # One process all the way, so that it gets the signal.
  # shellcheck disable=SC2086
  "${enter[@]}" setpriv --reuid=ingest-worker --regid=ingest-worker --init-groups --no-new-privs -- \
    env HOME=/tmp STATE_DIRECTORY=/var/lib/ingest-worker "$@" $line >"$work/service.log" 2>&1 &
  service=$!
}

# Sets exit_code; then the folder that it has while it runs is gone.
await_end() {
  exit_code=0
  wait "$service" || exit_code=$?
  rm -rf "$bare/run/ingest-worker"
}

stop_service() {
  kill -TERM "$service"
  await_end
  ((exit_code == 0)) || fail "the service ended with $exit_code: $(cat "$work/service.log")"
}

titles() {
  as_user ingest-worker PGPASSFILE=/var/lib/ingest-worker/pgpass psql -h /var/lib/ingest-worker/run -U ingest ingest -Atc 'select title from ingest.articles' 2>/dev/null || true
}

await_article() {
  local tries=0
  until [[ $(titles) == 'Schools open later' ]]; do
    ((tries++ < 600)) || fail "no article came: $(cat "$work/service.log")"
    sleep 0.1
  done
}

write_settings() {
  sed -e "s#// \"my-paper\".*#\"town\": { \"Url\": \"$feed\", \"FullText\": \"Never\" }#" \
    -e 's#// "ContactUrl".*#"AllowedNetworks": ["127.0.0.0/8"]#' "$1" >"$2"
  grep -q '"town"' "$2" || fail 'the settings of the package have no place for a source'
}

check_deb() {
  local began deb version
  deb=$(basename "$work"/packages/*.deb)
  echo "  $deb:"
  began=$(date +%s%N)
  in_root dpkg -i "/packages/$deb" >/dev/null 2>&1
  echo "    installed in $((($(date +%s%N) - began) / 1000000)) ms"
  cp "$bare$settings" "$work/shipped.json"
  write_settings "$work/shipped.json" "$bare$settings"
  start_service
  await_article
  echo "    dpkg -i to the first article: $((($(date +%s%N) - began) / 1000000)) ms"
  as_user ingest-worker ingest-worker status --health || fail 'status --health finds nothing well'
  holds "$(as_user ingest-worker ingest-worker status)" 'active sources'
  holds "$(stat -c '%u %a' "$bare/var/lib/ingest-worker")" "$(in_root id -u ingest-worker) 700"
  [[ -L $bare$wanted ]] || fail 'the unit is not enabled'
  stop_service
  echo '    the unit is enabled, the service healthy, its end clean'

  start_service Ingest__Storage__Retries=-1
  await_end
  [[ $exit_code == "$(sed -n 's/^RestartPreventExitStatus=//p' "$bare/usr/lib/systemd/system/ingest-worker.service")" ]] ||
    fail "wrong settings end the service with $exit_code, after which systemd starts it again"
  echo "    wrong settings end it with $exit_code, on which systemd does not start it again"

  # An upgrade that brings other settings along, and one without.
  version=$(dpkg-deb -f "$work/packages/$deb" Version)
  dpkg-deb -R "$work/packages/$deb" "$work/next"
  sed -i "s/^Version: .*/Version: $version+1/" "$work/next/DEBIAN/control"
  echo >>"$work/next$settings"
  dpkg-deb --root-owner-group -Znone -b "$work/next" "$bare/tmp/next.deb" >/dev/null
  # As "systemctl disable" does.
  rm "$bare$wanted"
  in_root dpkg --force-confdef --force-confold -i /tmp/next.deb >/dev/null 2>&1
  grep -q '"town"' "$bare$settings" || fail 'the upgrade took the settings away'
  cmp -s "$bare$settings.dpkg-dist" "$work/next$settings" || fail 'the new settings are not beside the edited ones'
  [[ ! -L $bare$wanted ]] || fail 'the upgrade enabled what was disabled'
  in_root dpkg -i /tmp/next.deb >/dev/null 2>&1 </dev/null
  grep -q '"town"' "$bare$settings" || fail 'the second upgrade took the settings away'
  start_service
  await_article
  stop_service
  echo '    upgrades keep edited settings, the articles, and that it was disabled'

  in_root dpkg -r ingest-worker >/dev/null 2>&1
  [[ -f $bare$settings && -d $bare/var/lib/ingest-worker/cluster ]] || fail 'its removal took settings or articles away'
  in_root dpkg -P ingest-worker >/dev/null 2>&1
  holds "left: $(in_root find / -xdev -name '*ingest-worker*' ! -path '/packages/*' ! -path '/proc/*' ! -path '/var/log/*'; in_root getent passwd ingest-worker || true)." 'left: .'
  echo '    removed it keeps settings and articles, purged it leaves nothing'
}

# A program that lies somewhere, run once by an ordinary user, with a database of its own.
run_once() {
  local said
  sed -e 's#/var/lib/ingest-worker#/tmp/data-'"$1"'#' -e 's#/run/ingest-worker/heartbeat#/tmp/heartbeat-'"$1"'#' "$work/own.json" >"$bare/tmp/$1.json"
  said=$(as_user tester "${@:3}" "$2" run --once --format jsonl --config "/tmp/$1.json" 2>"$work/$1.log") || fail "$1: $(cat "$work/$1.log")"
  holds "$said" '"new":1'
  echo '    runs once as an ordinary user: 1 new article'
}

check_tar() {
  local archive
  archive=$(basename "$work"/packages/*.tar.gz)
  echo "  $archive:"
  in_root tar -C /opt -xzf "/packages/$archive"
  as_user tester "/opt/${archive%.tar.gz}/ingest-worker" --version | sed 's/^/    version /'
  run_once tar "/opt/${archive%.tar.gz}/ingest-worker"
}

check_tool() {
  local package version dotnet=/usr/share/dotnet
  package=$(basename "$work"/packages/*.nupkg)
  echo "  $package:"
  mkdir -p "$bare$dotnet"
  mount --bind "$(dirname "$(readlink -f "$(command -v dotnet)")")" "$bare$dotnet"
  version=${package#Ingest.Worker.}
  in_root DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 "$dotnet/dotnet" tool install Ingest.Worker --version "${version%.nupkg}" --source /packages --tool-path /opt/tool >/dev/null
  as_user tester DOTNET_ROOT=$dotnet /opt/tool/ingest-worker --version | sed 's/^/    version /'
  run_once tool /opt/tool/ingest-worker DOTNET_ROOT=$dotnet
}

serve_feed
in_root useradd --system --user-group tester
check_deb
write_settings "$work/shipped.json" "$work/own.json"
check_tar
check_tool
