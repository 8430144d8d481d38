#!/bin/bash
# SPIN and the state explorer on the same models in the same sizes, side by side.
#
#   harness/bench/spin/run.sh                    every model in its usual sizes
#   harness/bench/spin/run.sh two_state:3:2      that model with 3 reds and 2 blacks
#   harness/bench/spin/run.sh ticket:4 liveness  that lock with 4 clients; and the claims about starvation
#
# Needs SPIN (apt-get install spin) and gcc. The explorer is ./bazel-bin/models/cli/doorway, or $DOORWAY; without it,
# only SPIN runs. $SECONDS_EACH (120) bounds each run, $MEGABYTES_EACH (6000) and $DEPTH (10000000) those of SPIN.
set -u
here=$(cd "$(dirname "$0")" && pwd -P)
doorway=${DOORWAY:-$here/../../../bazel-bin/models/cli/doorway}
seconds_each=${SECONDS_EACH:-120}
megabytes_each=${MEGABYTES_EACH:-6000}
depth=${DEPTH:-10000000}

if ! command -v spin >/dev/null; then
  echo "SPIN is missing. On Debian: apt-get install spin" >&2
  exit 2
fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 1

row() { printf '%-22s %-22s %12s %13s %8s %12s %8s\n' "$@"; }

# numbers FILE: states, transitions, seconds, states/s, bytes/state of a run of pan.
numbers() {
  awk '
    / states, stored/ { states = $1 }
    / transitions \(/ { transitions = $1 }
    /elapsed time/ { seconds = $4 }
    /equivalent memory usage for states/ { bytes = $1 }
    /actual memory usage for states/ { bytes = $1 }
    END {
      if (states == 0) exit 1
      rate = seconds > 0.05 ? sprintf("%.0f", states / seconds) : "-"
      each = states >= 10000 ? sprintf("%.1f", bytes * 1048576 / states) : "-"
      print states, transitions, seconds, rate, each
    }' "$1"
}

# spin_row NAME ENGINE FLAGS-OF-PAN MODEL DEFINES...; pan runs with $run_flags.
run_flags=
spin_row() {
  local name=$1 engine=$2 flags=$3 model=$4 said
  shift 4
  rm -f pan*
  # shellcheck disable=SC2086  # a list of words
  if ! { spin -a -o2 "$@" "$here/$model.pml" && gcc -O2 -w -DMEMLIM="$megabytes_each" $flags -o pan pan.c; } >build 2>&1; then
    cat build >&2
    row "$name" "$engine" "does not build" - - - -
    return
  fi
  # Interrupted, pan tells how far it came.
  # shellcheck disable=SC2086
  timeout -s INT "$seconds_each" ./pan $run_flags -m"$depth" >out 2>&1
  if [ $? -eq 124 ]; then said=" > $seconds_each s"; else said=; fi
  grep -q 'errors: [1-9]' out && said=" VIOLATED"
  grep -q 'reached -DMEMLIM\|out of memory' out && said=" > $megabytes_each MB"
  grep -q 'max search depth too small' out && said=" DEPTH"
  # shellcheck disable=SC2046
  row "$name" "$engine$said" $(numbers out || echo - - - - -)
}

# doorway_rows NAME MODEL PARAMETERS...: without and with symmetry.
doorway_rows() {
  local name=$1
  shift
  doorway_row "$name" "doorway" --symmetry=off "$@"
  doorway_row "$name" "doorway,symmetry" "$@"
}

# doorway_row NAME ENGINE WORDS...
doorway_row() {
  local name=$1 engine=$2
  shift 2
  [ -x "$doorway" ] || return
  rm -f report.json
  "$doorway" check --engine=state --memory=sc --timeout="$seconds_each" --json=report.json "$@" >out 2>&1
  [ -s report.json ] || { row "$name" "$engine: no report" - - - - - && return; }
  # shellcheck disable=SC2046
  row "$name" $(python3 - "$engine" <<'P'
import json
import sys

def runs(value):
    if isinstance(value, dict):
        if "states" in value and "transitions" in value:
            yield value
        for inner in value.values():
            yield from runs(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from runs(inner)

run = next(runs(json.load(open("report.json"))))
states, seconds = run["states"], run["seconds"]
rate = "%.0f" % (states / seconds) if seconds > 0.05 else "-"
each = "%.1f" % (run["peak_bytes"] / states) if states >= 10000 else "-"
verdict = "" if run["verdict"] == "verified" else "," + run["verdict"]
print(sys.argv[1] + verdict, states, run["transitions"], "%.2f" % seconds, rate, each)
P
  )
}

# compare MODEL:SIZES
compare() {
  local model sizes name first second bits
  IFS=: read -r model first second <<<"$1"
  case $model in
    strict_fair | bounded | two_state)
      name="$model $first+$second"
      sizes="-DREDS=$first -DBLACKS=$second"
      ;;
    ticket)
      # Tickets wide enough that no two clients have the same.
      bits=1
      while [ $((1 << bits)) -lt "$first" ]; do bits=$((bits + 1)); done
      name="$model $first"
      sizes="-DN=$first -DBITS=$bits"
      ;;
    mcs)
      name="$model $first"
      sizes="-DN=$first"
      ;;
    *)
      name=$model
      sizes=
      ;;
  esac
  # shellcheck disable=SC2086
  if $liveness; then
    run_flags="-a -f"
    spin_row "$name" "spin, starvation" "-DNFAIR=3" "$model" -DLIVENESS $sizes
  else
    spin_row "$name" "spin" "-DSAFETY" "$model" $sizes
    spin_row "$name" "spin COLLAPSE" "-DSAFETY -DCOLLAPSE" "$model" $sizes
    case $model in
      strict_fair | bounded | two_state)
        doorway_rows "$name" "group/$model" --reds="$first" --blacks="$second" --rounds=0 --claim=exclusion
        ;;
      peterson) doorway_rows "$name" classic/peterson --rounds=0 --claim=exclusion ;;
      ticket) doorway_rows "$name" classic/ticket --threads="$first" --width="$bits" --rounds=0 --claim=exclusion ;;
      *) doorway_rows "$name" "classic/$model" --threads="$first" --rounds=0 --claim=exclusion ;;
    esac
  fi
}

liveness=false
chosen=()
for argument in "$@"; do
  if [ "$argument" = liveness ]; then liveness=true; else chosen+=("$argument"); fi
done
if [ ${#chosen[@]} -eq 0 ]; then
  if $liveness; then
    chosen=(strict_fair:2:2 bounded:2:2 two_state:1:1 two_state:2:1 peterson ticket:4 mcs:4)
  else
    chosen=(strict_fair:2:2 strict_fair:3:2 strict_fair:3:3 strict_fair:4:3 bounded:3:3 two_state:2:2 two_state:3:2
      two_state:3:3 peterson ticket:4 ticket:6 mcs:4 mcs:5)
  fi
fi
row model engine states transitions seconds states/s B/state
for one in "${chosen[@]}"; do compare "$one"; done
