#!/usr/bin/env bash
# Builds the image of Dockerfile and runs it as compose.yaml does: as nobody in particular, on a root file system that cannot be
# written, with the control token in a file. Needs root and buildah, and neither a daemon nor a registry: the base is made
# of this machine's Node, npm and shell, and packages come from npm's cache, which `npm ci` has filled.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

command -v buildah >/dev/null || { echo 'skipped: there is no buildah here (apt-get install buildah)'; exit 0; }
[ "$(id -u)" = 0 ] || { echo 'skipped: mounting an image needs root'; exit 0; }

work=$(mktemp -d)
export BUILDAH_ISOLATION=chroot
# Nothing of it outlives the run. Where the kernel has no overlays: STORAGE_DRIVER=vfs, which takes minutes more.
buildah() { command buildah ${STORAGE_DRIVER:+--storage-driver "$STORAGE_DRIVER"} --root "$work/storage" --runroot "$work/run" "$@"; }
pids=()
cleanup() {
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait
  buildah rm --all >/dev/null 2>&1 || true
  # A build that failed leaves its mounts behind.
  cut -d' ' -f2 /proc/mounts | { grep "^$work/" || true; } | sort -r | xargs -r umount -l
  rm -rf "$work"
}
trap cleanup EXIT

step() { printf '\n== %s\n' "$*"; }
fail() { printf 'FAILED: %s\n' "$*" >&2; [ -f "$work/log" ] && cat "$work/log" >&2; exit 1; }

# A program with the libraries that it is linked to, where they lie here.
bring() {
  local file
  for file in "$@"; do
    file=$(command -v "$file")
    mkdir -p "$base$(dirname "$file")"
    cp -L "$file" "$base$file"
    link "$file"
  done
}
link() {
  local library
  for library in $(ldd "$@" 2>/dev/null | grep -o '=> /[^ ]*\|^\s*/lib[^ ]*' | grep -o '/.*'); do
    mkdir -p "$base$(dirname "$library")"
    cp -L "$library" "$base$library"
  done
}

step 'a base of what is here'
base=$work/base
mkdir -p "$base"/{bin,etc,root,tmp,usr/bin,usr/local/bin,usr/local/lib,var/tmp}
chmod 1777 "$base/tmp"
bring sh env mkdir rm find "$(readlink -f node_modules/node/bin/node)"
mv "$base$(readlink -f node_modules/node/bin/node)" "$base/usr/local/bin/node"
# What native packages need besides.
link $(find node_modules -name '*.node' -path '*linux*x64*' ! -path '*musl*' -o -name '*.node' -path '*linux*arm64*' ! -path '*musl*')
[ -e "$base/bin/sh" ] || cp -L /bin/sh "$base/bin/sh"
[ -e "$base/usr/bin/env" ] || cp -L /usr/bin/env "$base/usr/bin/env"
cp -r "$(dirname "$(dirname "$(readlink -f "$(command -v npm)")")")" "$base/usr/local/lib/npm"
ln -s ../lib/npm/bin/npm-cli.js "$base/usr/local/bin/npm"
printf 'root:x:0:0::/root:/bin/sh\n' >"$base/etc/passwd"
printf 'offline=true\ncache=/npm-cache\nregistry=%s\n' "$(npm config get registry)" >"$base/root/.npmrc"
container=$(buildah from scratch)
buildah copy --quiet "$container" "$base" / >/dev/null
buildah commit --quiet --rm "$container" base >/dev/null
rm -rf "$base"

step 'the image, and the platform'
for target in '' platform; do
  buildah build --quiet --layers --format docker ${target:+--target "$target"} --build-arg BASE=localhost/base \
    --volume "$(npm config get cache):/npm-cache" --tag "tupu-sim${target:+-$target}" . >/dev/null
done
config() { buildah inspect --type image --format "{{$1}}" tupu-sim; }
user=$(config .OCIv1.Config.User)
[ "${user%%:*}" -gt 0 ] || fail "the image runs as ${user:-root}"
[[ $(config .Docker.Config.Healthcheck.Test) == *ready* ]] || fail 'the image does not say whether it is ready'

# What an image is started with, on a root file system that only /data and /tmp can be written in.
run() {
  local image=$1 root
  shift
  root=$(buildah mount "$(buildah from "$image")")
  mapfile -t command < <(buildah inspect --type image --format '{{range .OCIv1.Config.Entrypoint}}{{println .}}{{end}}' "$image" | grep .)
  mapfile -t environment < <(buildah inspect --type image --format '{{range .OCIv1.Config.Env}}{{println .}}{{end}}' "$image" | grep .)
  local cwd
  cwd=$(buildah inspect --type image --format '{{.OCIv1.Config.WorkingDir}}' "$image")
  exec unshare --mount -- bash -euc '
    root=$1 work=$2 cwd=$3 user=$4
    shift 4
    mkdir -p "$root"/{config,data,dev,run/secrets,tmp} "$root$cwd"
    mount --bind "$root" "$root"
    mount -o remount,ro,bind "$root"
    mount --bind "$work/data" "$root/data"
    mount --bind "$work/secrets" "$root/run/secrets"
    mount --bind "$work/config" "$root/config"
    mount -t tmpfs tmpfs "$root/tmp"
    mount --rbind /dev "$root/dev"
    exec chroot --userspec="$user" "$root" /usr/bin/env -i -C "$cwd" "$@"
  ' run "$root" "$work" "$cwd" "$user" "${environment[@]}" "${more[@]}" "${command[@]}" "$@"
}

# What a value of compose.yaml is, by its way.
compose() { node -p "require('yaml').parse(require('fs').readFileSync('compose.yaml', 'utf8')).$1"; }
mkdir "$work/config" "$work/data" "$work/secrets"
chown "$user" "$work/data"
token=0123456789abcdef0123456789abcdef
printf '%s\n' "$token" >"$work/secrets/control-token"
compose configs.worlds.content >"$work/config/tupu-sim.config.yaml"
port=$(node -e "const s = require('net').createServer().listen(0, () => { console.log(s.address().port); s.close() })")
url=http://127.0.0.1:$port
more=("TUPU_SIM_CONTROL_TOKEN_FILE=$(compose services.simulator.environment.TUPU_SIM_CONTROL_TOKEN_FILE)" "TUPU_SIM_PORT=$port")
start() { (run tupu-sim) >"$work/log" 2>&1 & pids+=($!); program=$!; (run tupu-sim ready --wait 30s) || fail 'it is not ready'; }
status() { curl -s -o /dev/null -w '%{http_code}' "$@"; }
ask() { curl -sf -H "Authorization: Bearer $token" "$@"; }

step 'it runs as somebody, writes below /data alone, and is ready'
start
[ "$(stat -c %u:%g "$work/data/sim.db")" = "$user" ] || fail "the data is not $user's"
[ "$(status "$url/_sim/v1/worlds")" = 401 ] || fail 'the control API is open'
[ "$(status -H "Authorization: Bearer $token" "$url/_sim/v1/worlds")" = 200 ] || fail 'the token of the file does not count'

world=$url/_sim/v1/worlds/default
reached() { ask "$world/messages?mobile=13800138002" | grep -q '"state":"delivered"'; }
platform() {
  more=("TUPU_SIM_URL=$url" "TUPU_EID=$(compose services.platform.environment.TUPU_EID)")
  run tupu-sim-platform $(compose "services.platform.command.join(' ')")
}
# One is reached by WeChat, and the other by SMS.
notify() {
  (platform) >"$work/platform" || fail "$(cat "$work/platform")"
  reached || fail 'no message'
  ask "$world/contacts?mobile=13800138003" | grep -q '"channel":"sms"' || fail 'no SMS'
  ask "$world/audit" | grep -q '"ok":true' || fail 'the platform did not fall back as it must'
}

step 'the platform sends and falls back'
notify

step 'it ends when it is told to, and its data is there at the next start'
stop() { kill -TERM "$program"; wait "$program" || fail "it ended with $?"; }
stop
start
reached || fail 'the data is gone'
stop

step 'the same on PostgreSQL'
chmod 711 "$work"
node --input-type=module -e "
  import { makeCluster } from './scripts/cluster.ts'
  console.log((await makeCluster('$work/postgres', { isKept: false })).url)
  setInterval(() => {}, 60_000)
" >"$work/database" &
pids+=($!)
until grep -q postgres "$work/database"; do kill -0 $! || fail 'PostgreSQL does not start'; sleep 0.1; done
more+=("TUPU_SIM_DATA=$(cat "$work/database")/postgres")
start
if reached; then fail 'it is on the data of before'; fi
notify

printf '\nthe program without its base: %s\n' "$(du -sh "$(buildah mount "$(buildah from tupu-sim)")/app" | cut -f1)"
