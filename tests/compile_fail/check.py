#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Sources that must not compile, and say why in words.

check.py DIRECTORY [--only NAME] [--show] -- COMPILER ARGUMENT...

Each DIRECTORY/**/*.cpp is compiled twice with the compiler's default output:
- as it is, it must fail, and every `// error: REGEX` line of it must be found within the first
  8 lines of what the compiler prints (a regex is searched for in each line);
- with -DTWIN it must compile without a warning: the same file with the mistake put right, so that
  it cannot fail for another reason.
Ends with `N passed, N failed`. --show prints the first lines for every source.
"""

import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys

FIRST_LINES = 8
WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Wshadow", "-Wconversion", "-Werror"]


def compile_source(command, source, *extra):
    plain = dict(os.environ, LC_ALL="C", GCC_COLORS="", TERM="dumb", CCACHE_DISABLE="1")
    return subprocess.run(
        [*command, *extra, "-fsyntax-only", str(source)],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=plain, text=True, errors="replace")


def check(command, source):
    """What is wrong with one source (an empty list when all is as it should be), and its output."""
    expected = re.findall(r"^\s*// error: (.+?)\s*$", source.read_text(), re.MULTILINE)
    if not expected:
        return ["it has no line `// error: REGEX`"], []
    faults = []
    run = compile_source(command, source)
    first = run.stdout.splitlines()[:FIRST_LINES]
    if run.returncode == 0:
        faults.append("it compiles")
    else:
        for regex in expected:
            if not any(re.search(regex, line) for line in first):
                faults.append(f"not in the first {FIRST_LINES} lines: {regex}")
    twin = compile_source(command, source, "-DTWIN", *WARNINGS)
    if twin.returncode != 0:
        faults.append("with -DTWIN it does not compile:")
        faults += ["  " + line for line in twin.stdout.splitlines()[:FIRST_LINES]]
    return faults, first


def main():
    separator = sys.argv.index("--")
    options, command = sys.argv[1:separator], sys.argv[separator + 1:]
    directory = pathlib.Path(options[0])
    only = options[options.index("--only") + 1] if "--only" in options else ""
    sources = [s for s in sorted(directory.rglob("*.cpp")) if only in str(s.relative_to(directory))]
    if not sources:
        sys.exit(f"no source in {directory}" + (f" with '{only}' in its name" if only else ""))
    failed = 0
    jobs = int(os.environ.get("RAMP_JOBS", os.cpu_count() or 1))
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        results = pool.map(lambda source: check(command, source), sources)
        for source, (faults, first) in zip(sources, results):
            if faults or "--show" in options:
                print(f"{'FAILED' if faults else 'ok'}: {source.relative_to(directory)}")
                for line in [*faults, *("  | " + line for line in first)]:
                    print("  " + line)
            failed += bool(faults)
    print(f"{len(sources) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
