#!/usr/bin/env bash
# shell.sh: shellcheck over every shell script that git knows, by its first line.
set -euo pipefail

mapfile -t scripts < <(git grep -lE '^#!.*\b(ba)?sh$' | while read -r file; do head -n 1 "$file" | grep -q '^#!.*sh$' && echo "$file"; done)
[ ${#scripts[@]} -gt 0 ] || { echo 'git knows no shell script' >&2 && exit 1; }
echo "${#scripts[@]} scripts"
shellcheck -x "${scripts[@]}"
