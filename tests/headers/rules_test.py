#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Each rule of rules.py finds the fault it is for, and nothing in a project without one."""

import pathlib
import sys
import tempfile

import rules

SPDX = "// SPDX-License-Identifier: BSL-1.0\n"
HEADER = SPDX + "#pragma once\n"
GOOD = {
    "meson.build": "# SPDX-License-Identifier: BSL-1.0\nproject('ramp', version: '1.2.3')\n",
    "include/ramp/version.hpp": HEADER + "inline constexpr version_number version{1, 2, 3};\n",
    "include/ramp/config.hpp": HEADER + "#define RAMP_NOTHING\n",
    "include/ramp/core/a.hpp": HEADER + "#include <ramp/config.hpp>\nstruct a {};\n",
    "include/ramp/op/b.hpp": HEADER + "#include <ramp/core/a.hpp>\n",
    "include/ramp/io/packed.hpp": HEADER + "#include <zlib.h>\n",
    "include/ramp/check/a.hpp": HEADER,
    "include/ramp/check.hpp": HEADER + "#include <ramp/check/a.hpp>\n",
    "include/ramp/op/part.hpp": HEADER + "namespace ramp {}\n#include <ramp/op/second_part.hpp>\n",
    "include/ramp/op/second_part.hpp": HEADER + "#include <ramp/op/part.hpp>\nnamespace ramp {}\n",
    "include/ramp/expr/f.hpp": HEADER + "namespace detail {\nconstexpr auto g(int) {}\n"
                               "}  // namespace detail\n[[nodiscard]] constexpr auto f(int) {}\n"
                               "constexpr auto wrt(int) {}\n",
    "include/ramp/expr/calls.hpp": HEADER + "constexpr auto f(detail::any, ...)"
                                   ' { return detail::misuse<"f(1)", "f<\\"x\\">(1)">(T...); }\n',
    "include/ramp/ramp.hpp": HEADER + "#include <ramp/op/b.hpp>\n#include <ramp/op/part.hpp>\n"
                             "#include <ramp/version.hpp>\n#include <ramp/expr/f.hpp>\n"
                             "#include <ramp/expr/calls.hpp>\n",
    "tests/meson.build": "# SPDX-License-Identifier: BSL-1.0\nsubdir('core')\n",
    "tests/core/meson.build": "# SPDX-License-Identifier: BSL-1.0\nexecutable('core', 'a.cpp')\n",
    "tests/core/a.cpp": SPDX + "int main() {}\n",
    "tests/expr/meson.build": "# SPDX-License-Identifier: BSL-1.0\n"
                              "executable('expr', 'calls.cpp', 'f.cpp')\n",
    "tests/expr/calls.cpp": SPDX,
    "tests/expr/f.cpp": SPDX,
}
# For each rule, files that break it.
BAD = {
    "licence_line": [{"tests/core/a.cpp": "int main() {}\n"},
                     {"examples/run": "#!/bin/sh\necho\n"}],
    "line_length": [{"tests/core/a.cpp": SPDX + "//" + 99 * "x" + "\n"},
                    {"tests/core/a.cpp": SPDX + "int x; \n"},
                    {"tests/core/a.cpp": SPDX + "\tint x;\n"}],
    "unfinished": [{"tests/core/a.cpp": SPDX + "// TO" "DO later\n"}],
    "include_guard": [{"include/ramp/core/a.hpp": SPDX + "\n#pragma once\n"}],
    "long_headers": [{"include/ramp/core/a.hpp": HEADER + 299 * "//\n"}],
    "macros": [{"include/ramp/core/a.hpp": HEADER + "# define RAMP_A 1\n"},
               {"include/ramp/config.hpp": HEADER + "#define ALMOST\n"}],
    "layer_order": [{"include/ramp/core/a.hpp": HEADER + "#include <ramp/op/b.hpp>\n"},
                    {"include/ramp/nn/c.hpp": HEADER + "#include <ramp/io/packed.hpp>\n"},
                    {"include/ramp/op/b.hpp": HEADER + "#include <ramp/core/absent.hpp>\n"},
                    {"include/ramp/check/c.hpp": HEADER + "#include <ramp/ramp.hpp>\n"},
                    {"include/ramp/function.hpp": HEADER + "#include <ramp/nn/c.hpp>\n"},
                    {"include/ramp/elsewhere/c.hpp": HEADER}],
    "include_style": [{"include/ramp/op/b.hpp": HEADER + '#include "../core/a.hpp"\n'}],
    "no_cycles": [{"include/ramp/core/a.hpp": HEADER + "#include <ramp/core/c.hpp>\n",
                   "include/ramp/core/c.hpp": HEADER + "#include <ramp/core/a.hpp>\n"}],
    "light_headers": [{"include/ramp/op/b.hpp": HEADER + "#include <iostream>\n"}],
    "umbrella": [{"include/ramp/core/c.hpp": HEADER},
                 {"include/ramp/train/c.hpp": HEADER},
                 {"include/ramp/train/c.hpp": HEADER,
                  "include/ramp/ramp.hpp": GOOD["include/ramp/ramp.hpp"] +
                                           "#include <ramp/train/c.hpp>\n"},
                 {"include/ramp/op/b.hpp": HEADER + "#include <ramp/core/a.hpp>\n"
                                                    "#include <ramp/io/packed.hpp>\n"}],
    "sources_named": [{"tests/core/b.cpp": SPDX}],
    "mirrored": [{"include/ramp/core/c.hpp": HEADER + "struct c {};\n"},
                 {"include/ramp/core/a/b.hpp": HEADER + "// One.\nstruct b {};\n"}],
    "calls": [{"include/ramp/expr/calls.hpp": HEADER},
              {"include/ramp/expr/f.hpp": HEADER},
              {"include/ramp/expr/f.hpp": HEADER + "constexpr auto f() {}\n"
                                                    "constexpr auto g() {}\n"},
              {"include/ramp/expr/calls.hpp":
                   GOOD["include/ramp/expr/calls.hpp"].replace("f(1)", "g(1)")},
              {"include/ramp/expr/calls.hpp": GOOD["include/ramp/expr/calls.hpp"] +
                                              "constexpr auto h(detail::any) {}\n"}],
    "version": [{"include/ramp/version.hpp": HEADER + "version{1, 2, 4};\n"}],
}


def faults(rule, files):
    with tempfile.TemporaryDirectory() as directory:
        root = pathlib.Path(directory)
        for name, text in files.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text)
        return list(rule(rules.project(root)))


def main():
    failed = 0
    for rule in rules.RULES:
        bad = BAD.get(rule.__name__, [])
        missed = [change for change in bad if not faults(rule, GOOD | change)]
        good = faults(rule, GOOD)
        if not bad or missed or good:
            failed += 1
            print(f"FAILED: {rule.__name__}: misses {missed}, finds {good} where nothing is wrong")
    print(f"{len(rules.RULES) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
