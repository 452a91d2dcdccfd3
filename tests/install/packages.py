#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""What .ci/install asks the system for, tried with a system that only takes notes.

packages.py PROJECT_DIRECTORY
Each case counts as one test; ends with `N passed, N failed`.
"""

import os
import pathlib
import subprocess
import sys
import tempfile

QUERY = """#!/bin/sh
for package; do :; done
case " $INSTALLED " in *" $package "*) printf 'ii ' ;; *) exit 1 ;; esac
"""
NOTE = """#!/bin/sh
echo "$@" >>"$NOTES"
[ "$1" != "$FAILS" ] || { echo 'E: no such thing'; exit 100; }
"""
ROOT = """#!/bin/sh
echo 0
"""


def install(project, installed, wanted, fails=""):
    """The exit status of .ci/install, what it printed and what it had installed."""
    with tempfile.TemporaryDirectory() as place:
        place = pathlib.Path(place)
        for name, text in (("dpkg-query", QUERY), ("apt-get", NOTE), ("id", ROOT)):
            (place / name).write_text(text)
            (place / name).chmod(0o755)
        notes = place / "notes"
        notes.write_text("")
        done = subprocess.run([project / ".ci/install", *wanted], text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              env={"PATH": f"{place}:{os.environ['PATH']}", "NOTES": str(notes),
                                   "INSTALLED": " ".join(installed), "FAILS": fails})
        return done.returncode, done.stdout, notes.read_text()


def nothing_is_missing(project):
    """what is installed is left alone, in silence"""
    return install(project, ["a", "b"], ["a", "b"]) == (0, "", "")


def missing_only(project):
    """what is missing is installed, and nothing else"""
    status, text, notes = install(project, ["a"], ["a", "b", "c"])
    return status == 0 and text == "installing: b c\n" and notes.endswith(" b c\n")


def alternatives(project):
    """one of two alternatives is enough; without either the first is installed"""
    found = install(project, ["d"], ["c|d"])
    status, _, notes = install(project, ["a"], ["c|d"])
    return found == (0, "", "") and status == 0 and notes.endswith(" c\n")


def nothing_is_removed(project):
    """packages that conflict with what the user has are not installed over it"""
    _, _, notes = install(project, [], ["a"])
    return "--no-remove" in notes.splitlines()[-1].split()


def failure_is_told(project):
    """a failure names the packages, what apt-get said, and is the exit status"""
    status, text, _ = install(project, [], ["a", "b|c"], fails="install")
    return status == 1 and "no such thing" in text and "could not install: a b" in text


def main():
    project = pathlib.Path(sys.argv[1]).resolve()
    failed = 0
    cases = [nothing_is_missing, missing_only, alternatives, nothing_is_removed, failure_is_told]
    for case in cases:
        if not case(project):
            failed += 1
            print(f"FAILED: {case.__doc__}")
    print(f"{len(cases) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
