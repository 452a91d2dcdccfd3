#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Every header compiles alone, twice in a row, without exceptions, without RTTI, without a warning.

compile_alone.py INCLUDE_DIRECTORY -- COMPILER ARGUMENT...
Ends with `N passed, N failed`.
"""

import concurrent.futures
import os
import pathlib
import subprocess
import sys

FLAGS = ["-Wall", "-Wextra", "-Wpedantic", "-Wshadow", "-Wconversion", "-Werror",
         "-fno-exceptions", "-fno-rtti", "-fsyntax-only", "-x", "c++", "-"]


def compile_alone(command, name):
    source = f"#include <{name}>\n#include <{name}>\nint main() {{}}\n"
    run = subprocess.run([*command, *FLAGS], input=source, text=True, errors="replace",
                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                         env=dict(os.environ, LC_ALL="C", CCACHE_DISABLE="1"))
    return run.returncode, run.stdout


def main():
    separator = sys.argv.index("--")
    include, command = pathlib.Path(sys.argv[1]), sys.argv[separator + 1:]
    headers = [str(h.relative_to(include)) for h in sorted(include.rglob("*.hpp"))]
    if not headers:
        sys.exit(f"no header in {include}")
    failed = 0
    jobs = int(os.environ.get("RAMP_JOBS", os.cpu_count() or 1))
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        for name, (code, output) in zip(
                headers, pool.map(lambda name: compile_alone(command, name), headers)):
            if code != 0:
                failed += 1
                print(f"FAILED: {name}")
                print("\n".join("  " + line for line in output.splitlines()[:8]))
    print(f"{len(headers) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
