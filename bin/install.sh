#!/bin/sh
# Makes .venv and installs a requirements file into it, when either is missing or has changed.
#
# Usage: sh bin/install.sh requirements.txt
#
# PYTHON names the interpreter to use; without it the first one that is new enough is taken.
set -eu

requirements=$1
constraints=constraints.txt
venv=.venv
stamp=$venv/installed-$requirements

fail() {
  echo "$1" >&2
  exit 1
}

is_new_enough() {
  "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

find_python() {
  for candidate in ${PYTHON:-python3 python3.11 python3.12 python3.13 python3.14 python}; do
    if is_new_enough "$candidate"; then
      echo "$candidate"
      return
    fi
  done
}

# The contents, not the times: a checkout of another branch changes the times of files that are alike.
wanted() {
  if [ "$requirements" = requirements.txt ]; then
    cat requirements.txt $constraints
  else
    cat "$requirements" requirements.txt $constraints
  fi
}

if ! is_new_enough $venv/bin/python; then
  python=$(find_python)
  if [ -z "$python" ]; then
    if found=$("${PYTHON:-python3}" --version 2>/dev/null); then
      found="but ${PYTHON:-python3} is $found"
    else
      found="and there is no ${PYTHON:-python3}"
    fi
    fail "Python 3.11 or newer is needed, $found; install it or name one with PYTHON=/path/to/python3."
  fi
  if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
    fail "Python's venv module is missing; install it (on Debian and Ubuntu: apt install python3-venv) and run make again."
  fi
  echo "Making a virtual environment in $venv ($("$python" --version))."
  "$python" -m venv --clear $venv || fail "The virtual environment could not be made; the lines above say why."
fi

if wanted | cmp -s - "$stamp"; then
  exit 0
fi
echo "Installing $requirements. This takes a minute, and only when the file has changed."
$venv/bin/python -m pip install -qq --disable-pip-version-check --no-input \
  --requirement "$requirements" --constraint $constraints \
  || fail "The packages of $requirements could not be installed; pip says why above."
wanted > "$stamp"
if [ "$requirements" = requirements-dev.txt ]; then
  # It holds requirements.txt too, so that need not be installed a second time.
  cat requirements.txt $constraints > $venv/installed-requirements.txt
fi
