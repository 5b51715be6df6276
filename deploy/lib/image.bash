# shellcheck shell=bash
# Sourced by deploy/check, with $work set. Builds and starts the image without a container engine or the real base images: buildah in a chroot, on a
# small Debian with this machine's .NET under the base images' names. It checks the Dockerfile's steps, not the bases.

readonly CHECK_APP_UID=1654
work=${work:?}

image_bah() { buildah --storage-driver vfs --root "$work/storage" --runroot "$work/runroot" "$@"; }

# Prints the newest package whose name matches.
newest_package() { apt-cache search --names-only "$1" | cut -d' ' -f1 | sort -V | tail -n 1; }

make_bases() {
  local codename container sdk base
  # shellcheck disable=SC1091
  codename=$(. /etc/os-release && echo "$VERSION_CODENAME")
  echo 'Making stand-ins for the base images …' >&2
  mmdebstrap --quiet --variant=minbase --include="ca-certificates,tzdata,zlib1g,libstdc++6,$(newest_package '^libicu[0-9]+$'),$(newest_package '^libssl3')" \
    "$codename" "$work/base.tar"
  container=$(image_bah from scratch)
  image_bah add --quiet "$container" "$work/base.tar" / >/dev/null
  image_bah copy --quiet "$container" "$(dirname "$(readlink -f "$(command -v dotnet)")")" /usr/share/dotnet >/dev/null
  image_bah run "$container" -- sh -c "ln -s /usr/share/dotnet/dotnet /usr/bin/dotnet && useradd --uid $CHECK_APP_UID --create-home app"
  sdk=$(sed -n 's/^FROM \([^ ]*\) AS build$/\1/p' Dockerfile)
  base=$(sed -n 's/^FROM \([^ ]*\)$/\1/p' Dockerfile)
  image_bah commit --quiet "$container" "$sdk" >/dev/null
  image_bah commit --quiet --rm "$container" "$base" >/dev/null
  rm "$work/base.tar"
}

check_image() {
  export BUILDAH_ISOLATION=chroot
  make_bases
  # As a clean checkout has it.
  mkdir "$work/context"
  git ls-files -z --cached --others --exclude-standard | xargs -0 cp --parents -t "$work/context"
  echo 'Building the image …' >&2
  image_bah bud --quiet --pull-never --format docker --volume /etc/ssl/certs:/etc/ssl/certs:ro --volume /usr/local/share/ca-certificates:/usr/local/share/ca-certificates:ro \
    --env DOTNET_NOLOGO=1 --env DOTNET_GENERATE_ASPNET_CERTIFICATE=false --env "NUGET_CERT_REVOCATION_MODE=${NUGET_CERT_REVOCATION_MODE:-online}" --tag ingest-worker:check "$work/context" >/dev/null
  local container config
  config=$(image_bah inspect --type image ingest-worker:check)
  grep -q '"Healthcheck"' <<<"$config"
  container=$(image_bah from --pull-never ingest-worker:check)
  image_bah run --user "$CHECK_APP_UID" "$container" -- dotnet /app/Ingest.Worker.dll --help
  image_bah run --user "$CHECK_APP_UID" "$container" -- test ! -w /app
  image_bah rm "$container" >/dev/null
}
