#!/usr/bin/env bash
# monitoring.sh DIR: the alert rules, their unit tests, Prometheus' configuration and every query of the dashboard by promtool, which
# comes out of Debian's package prometheus: downloaded into DIR and unpacked there, not installed. Then what names what.
set -euo pipefail

dir=${1:?usage: monitoring.sh DIR}
mkdir -p "$dir"
dir=$(readlink -f "$dir")
(cd "$dir" && apt-get -qq download prometheus && dpkg-deb -x prometheus_*.deb .)
promtool=$dir/usr/bin/promtool
[ -x "$promtool" ] || { echo 'the package prometheus holds no promtool' >&2 && exit 1; }

"$promtool" check config deploy/monitoring/prometheus.yml
"$promtool" test rules deploy/monitoring/cordon-rules.test.yml
node .ci/check-monitoring.mjs "$dir/dashboard-queries.yml"
"$promtool" check rules "$dir/dashboard-queries.yml"
