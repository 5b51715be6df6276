# shellcheck shell=bash
# Sourced, with $root set. The .NET SDK that global.json asks for.
root=${root:?}

require_dotnet() {
  if command -v dotnet >/dev/null && dotnet --list-sdks | grep -q '^10\.'; then return; fi
  local found='no dotnet command was found'
  if command -v dotnet >/dev/null; then found="found: $(dotnet --list-sdks | cut -d' ' -f1 | paste -s -d, - | sed 's/^$/no SDK/')"; fi
  echo "The .NET 10 SDK is needed ($found). Install it (Ubuntu: apt-get install dotnet-sdk-10.0; Fedora: dnf install dotnet-sdk-10.0; macOS: brew install dotnet;" \
    "Debian and others: https://dotnet.microsoft.com/download/dotnet/10.0) and run this again." >&2
  return 1
}

# Builds a project or solution for release, further options behind it; prints errors only, on standard error.
build() {
  echo "Building $1 …" >&2
  (cd "$root" && dotnet msbuild "$@" -maxCpuCount -restore -p:Configuration=Release -nologo -v:quiet '-clp:ErrorsOnly;NoSummary' >&2 </dev/null)
}
