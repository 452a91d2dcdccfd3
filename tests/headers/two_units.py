#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Two translation units that include every header, in opposite orders, link to one program.

two_units.py INCLUDE_DIRECTORY -- COMPILER ARGUMENT...
A function that is not inline, or a name that two headers define, shows here.
"""

import os
import pathlib
import subprocess
import sys
import tempfile

WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Wshadow", "-Wconversion", "-Werror"]


def main():
    separator = sys.argv.index("--")
    include, command = pathlib.Path(sys.argv[1]), sys.argv[separator + 1:]
    headers = [str(h.relative_to(include)) for h in sorted(include.rglob("*.hpp"))]
    includes = [f"#include <{name}>\n" for name in headers]
    environment = dict(os.environ, LC_ALL="C", CCACHE_DISABLE="1")
    with tempfile.TemporaryDirectory() as directory:
        folder = pathlib.Path(directory)
        (folder / "first.cpp").write_text("".join(includes) + "int main() {}\n")
        (folder / "second.cpp").write_text("".join(reversed(includes)))
        program = folder / "program"
        for step in (
                [*command, *WARNINGS, str(folder / "first.cpp"), str(folder / "second.cpp"),
                 "-lz", "-o", str(program)],
                [str(program)]):
            run = subprocess.run(step, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                 text=True, errors="replace", env=environment)
            if run.returncode != 0:
                print("\n".join(run.stdout.splitlines()[:30]))
                return 1
    print(f"{len(headers)} headers in two units")
    return 0


if __name__ == "__main__":
    sys.exit(main())
