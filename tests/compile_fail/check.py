#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Sources that must not compile, and say why in words.

check.py DIRECTORY [--only NAME] [--show] -- COMPILER ARGUMENT...

Each DIRECTORY/**/*.cpp is compiled twice with the compiler's default output:
- as it is, it must fail, and every `// error: REGEX` line of it must be found within the first
  7 lines of what the compiler prints (a regex is searched for in each line), which makes 8 for who
  includes the library by a header of their own; or within the first 8, if it says `// lines: 8`,
  as it does where the mistake is in a function that another function calls. A source with a
  line `// each wrong line: REGEX` has as many errors of this kind as lines that end with `// wrong`,
  and the compiler names each of them;
- with -DTWIN it must compile without a warning: the same file with the mistake put right, so that
  it cannot fail for another reason. Many twins are compiled as one source, each in a namespace of
  its own; where that fails, one by one.
Ends with `N passed, N failed`. --show prints the first lines for every source.
"""

import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys
import tempfile

FIRST_LINES = 7
BATCH = 24  # twins in one source
WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Wshadow", "-Wconversion", "-Werror"]


def is_clang(command):
    return "clang" in os.path.basename(command[0])


def compile_source(command, *arguments, text=None):
    plain = dict(os.environ, LC_ALL="C", GCC_COLORS="", TERM="dumb", CCACHE_DISABLE="1")
    return subprocess.run(
        [*command, "-fsyntax-only", *arguments], input=text,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=plain, text=True, errors="replace")


def check_each(command, source, regex):
    """What is wrong with the errors of a source in which every line that says so has one."""
    unlimited = ["-ferror-limit=0"] if is_clang(command) else []
    output = compile_source(command, *unlimited, str(source)).stdout
    wrong = [n for n, line in enumerate(source.read_text().splitlines(), 1)
             if line.endswith("// wrong")]
    found = len(re.findall(rf"error: .*{regex}", output))
    faults = [f"line {n} is not named" for n in wrong if f"{source.name}:{n}:" not in output]
    if found != len(wrong) or not wrong:
        faults.append(f"{found} errors for {len(wrong)} lines: {regex}")
    return faults


def check(command, source):
    """What is wrong with one source (an empty list when all is as it should be), and its output."""
    text = source.read_text()
    expected = re.findall(r"^\s*// error: (.+?)\s*$", text, re.MULTILINE)
    lines = FIRST_LINES + (1 if "\n// lines: 8" in text else 0)
    if not expected:
        return ["it has no line `// error: REGEX`"], []
    run = compile_source(command, str(source))
    first = run.stdout.splitlines()[:lines]
    if run.returncode == 0:
        return ["it compiles"], first
    faults = [f"not in the first {lines} lines: {regex}" for regex in expected
              if not any(re.search(regex, line) for line in first)]
    for regex in re.findall(r"^// each wrong line: (.+?)\s*$", text, re.MULTILINE):
        faults += check_each(command, source, regex)
    return faults, first


def precompile(command, directory):
    """The command with arguments that spare the compiler to read the library for every source."""
    clang = is_clang(command)
    folder = pathlib.Path(directory) / "ramp"
    folder.mkdir()
    whole = folder / "whole.hpp"
    whole.write_text("#include <ramp/ramp.hpp>\n")
    compiled = folder / ("ramp.pch" if clang else "ramp.hpp.gch")
    run = subprocess.run([*command, "-x", "c++-header", str(whole), "-o", str(compiled)])
    if run.returncode != 0:
        return command
    if clang:
        return [*command, "-include-pch", str(compiled)]
    return [command[0], f"-I{directory}", *command[1:]]


def check_twins(command, sources):
    """For each source what is wrong with its twin."""
    headers = sorted({line for s in sources
                      for line in re.findall(r"^\s*#include <.*", s.read_text(), re.MULTILINE)})
    # a header that has been included is not there a second time, inside a namespace
    together = headers + [f'namespace twin_{i} {{\n#include "{s.resolve()}"\n}}'
                          for i, s in enumerate(sources)]
    run = compile_source(command, "-DTWIN", *WARNINGS, "-x", "c++", "-",
                         text="\n".join([*together, ""]))
    if run.returncode == 0:
        return [[] for _ in sources]
    faults = []
    for source in sources:
        twin = compile_source(command, "-DTWIN", *WARNINGS, str(source))
        lines = twin.stdout.splitlines()[:FIRST_LINES] if twin.returncode != 0 else []
        faults.append(["with -DTWIN it does not compile:", *("  " + line for line in lines)]
                      if lines else [])
    if not any(faults):
        faults[0] = ["with -DTWIN it and others do not compile as one source:",
                     *("  " + line for line in run.stdout.splitlines()[:FIRST_LINES])]
    return faults


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
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool, \
            tempfile.TemporaryDirectory() as scratch:
        quick = precompile(command, scratch)
        results = pool.map(lambda source: check(quick, source), sources)
        batches = [sources[i:i + BATCH] for i in range(0, len(sources), BATCH)]
        twins = pool.map(lambda batch: check_twins(command, batch), batches)
        of_twins = [faults for batch in twins for faults in batch]
        for source, (faults, first), of_twin in zip(sources, results, of_twins):
            faults = faults + of_twin
            if faults or "--show" in options:
                print(f"{'FAILED' if faults else 'ok'}: {source.relative_to(directory)}")
                for line in [*faults, *("  | " + line for line in first)]:
                    print("  " + line)
            failed += bool(faults)
    print(f"{len(sources) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
