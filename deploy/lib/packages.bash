# shellcheck shell=bash
# Sourced, with $root and $work set. Makes the packages, and installs and runs each of them on a bare Debian, in a namespace without a network.
root=${root:?} work=${work:?}

# The unit of deploy/, for the program, the user and the folders of the package.
package_unit() {
  sed -e '/^\[Unit\]/,$!d' -e 's:^ExecStart=.*:ExecStart=/usr/bin/ingest-worker run --config /etc/ingest-worker/appsettings.json:' \
    -e 's:^WorkingDirectory=.*:WorkingDirectory=/var/lib/ingest-worker:' -e 's:^EnvironmentFile=.*:EnvironmentFile=-/etc/ingest-worker/environment:' \
    -e '/^DynamicUser=/d'
}

check_packages() {
  local tool
  for tool in dpkg-deb lintian mmdebstrap unshare python3 ip; do
    if ! command -v "$tool" >/dev/null; then
      echo "packages: $tool is not installed (apt-get install lintian mmdebstrap util-linux python3 iproute2)" >&2
      return 1
    fi
  done
  deploy/package --out "$work/packages" >/dev/null
  (cd "$work/packages" && stat --printf '  %n: %s bytes\n' ./*)
  echo '  lintian:'
  lintian --allow-root --fail-on error,warning "$work"/packages/*.deb | sed 's/^/  /'
  make_bare_root
  unshare --mount --net --pid --fork --kill-child bash "$root/deploy/lib/bare-root.bash" "$work"
}

# What the package depends on and recommends, and nothing of ours.
make_bare_root() {
  local codename
  # shellcheck disable=SC1091
  codename=$(. /etc/os-release && echo "$VERSION_CODENAME")
  echo 'Making a bare Debian …' >&2
  mmdebstrap --quiet --variant=minbase --include="adduser,ca-certificates,tzdata,postgresql,$(newest_package '^libicu[0-9]+$'),$(newest_package '^libssl3(t64)?$')" \
    "$codename" "$work/bare"
}
