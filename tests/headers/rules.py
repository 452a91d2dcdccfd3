#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""What holds for the sources as text.

rules.py PROJECT_DIRECTORY
Each rule counts as one test; ends with `N passed, N failed`.
"""

import pathlib
import re
import sys

# A header includes its own layer and earlier ones. Those of the last row do not see one another.
LAYERS = [["config", "version"], ["core"], ["op"], ["ir"], ["pass"], ["expr"], ["backend"],
          ["function"], ["nn", "optimize", "check", "train", "io"], ["ramp"]]
# These take whatever they are given and say themselves what is wrong with it, or are no calls.
NO_WRONG_TYPE = {"directional", "get", "outputs", "sequential", "state_like", "updates", "wrt"}
# These allocate, or serve programs around the library: ramp.hpp leaves them to ramp/LAYER.hpp.
OWN_UMBRELLA = ["check", "train", "io"]
CPP = {".hpp", ".cpp"}
SCRIPTS = {".py", ".build", ".sh"}
# Headers without a test of their own name, and what tests them.
UNMIRRORED = {
    "ramp/op/": "tests/op and tests/laws, over the table of all operations",
    "ramp/version.hpp": "the rule `version`",
}
GENERATED = {"build", ".git", ".cache", "output", "__pycache__"}
HEADER_INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)


class project:
    def __init__(self, root):
        self.root = root
        self.include = root / "include"
        files = [f for f in sorted(root.rglob("*")) if f.is_file() and
                 not any(part in GENERATED for part in f.relative_to(root).parts)]
        self.cpp = [f for f in files if f.suffix in CPP]
        self.scripts = [f for f in files if f.suffix in SCRIPTS or
                        (not f.suffix and f.read_bytes()[:2] == b"#!")]
        self.headers = [f for f in self.cpp if self.include in f.parents]
        self.text = {f: f.read_text() for f in self.cpp + self.scripts}
        self.by_name = {str(h.relative_to(self.include)): h for h in self.headers}

    def name(self, file):
        return str(file.relative_to(self.root))

    def includes(self, header, text=None):
        return [found[2] for found in HEADER_INCLUDE.finditer(text or self.text[header])]

    def includes_at_the_top(self, header):
        return self.includes(header, re.split(r"^namespace ", self.text[header], 1, re.MULTILINE)[0])

    def reachable(self, header, includes=None):
        seen, waiting = set(), [header]
        while waiting:
            for name in (includes or self.includes)(waiting.pop()):
                if name not in seen:
                    seen.add(name)
                    if name in self.by_name:
                        waiting.append(self.by_name[name])
        return seen


def licence_line(p):
    """every source begins with its licence"""
    for file, text in p.text.items():
        mark = "//" if file.suffix in CPP else "#"
        lines = text.splitlines()[:2]
        if lines and lines[0].startswith("#!"):
            lines = lines[1:]
        if lines[:1] != [f"{mark} SPDX-License-Identifier: BSL-1.0"]:
            yield f"{p.name(file)}: the first line is not `{mark} SPDX-License-Identifier: BSL-1.0`"


def line_length(p):
    """no line is longer than 100 columns, ends in a blank or holds a tab"""
    for file in p.cpp:
        for number, line in enumerate(p.text[file].splitlines(), 1):
            if len(line) > 100:
                yield f"{p.name(file)}:{number}: {len(line)} columns"
            if "\t" in line:
                yield f"{p.name(file)}:{number}: a tab"
            elif line != line.rstrip():
                yield f"{p.name(file)}:{number}: a blank at the end"


def unfinished(p):
    """nothing is marked as unfinished"""
    mark = re.compile(r"\b(TO" r"DO|FIX" r"ME|X" r"XX)\b")
    for file, text in p.text.items():
        for number, line in enumerate(text.splitlines(), 1):
            if mark.search(line):
                yield f"{p.name(file)}:{number}: {line.strip()}"


def include_guard(p):
    """every header has its guard in the second line"""
    for header in p.headers:
        if p.text[header].splitlines()[1:2] != ["#pragma once"]:
            yield f"{p.name(header)}: the second line is not `#pragma once`"


def macros(p):
    """macros are defined in config.hpp only, and begin with RAMP_"""
    for header in p.headers:
        for number, line in enumerate(p.text[header].splitlines(), 1):
            found = re.match(r"\s*#\s*define\s+(\w+)", line)
            if found and header.name != "config.hpp":
                yield f"{p.name(header)}:{number}: a macro outside config.hpp"
            elif found and not found[1].startswith("RAMP_"):
                yield f"{p.name(header)}:{number}: {found[1]} does not begin with RAMP_"


def layer_order(p):
    """a header includes only its own layer and earlier ones, an umbrella perhaps the umbrella"""
    rank = {layer: i for i, row in enumerate(LAYERS) for layer in row}
    def layer(name):
        return name.removeprefix("ramp/").split("/")[0].removesuffix(".hpp")
    for name, header in p.by_name.items():
        own = layer(name)
        if own not in rank:
            yield f"{name}: {own} is no layer of the list in tests/headers/rules.py"
            continue
        for other in p.includes(header):
            if not other.startswith("ramp/"):
                continue
            target = layer(other)
            if other not in p.by_name:
                yield f"{name}: includes {other}, which does not exist"
            elif other == "ramp/ramp.hpp" and name in (f"ramp/{u}.hpp" for u in OWN_UMBRELLA):
                continue
            elif target != own and rank.get(target, len(LAYERS)) >= rank[own]:
                yield f"{name} ({own}) includes {other} ({target}), a later or a parallel layer"


def include_style(p):
    """headers include one another as <ramp/...>"""
    for header in p.headers:
        for found in HEADER_INCLUDE.finditer(p.text[header]):
            if found[1] == '"':
                yield f'{p.name(header)}: "{found[2]}" instead of <ramp/...>'


def no_cycles(p):
    """no header needs itself before its own declarations"""
    # A header may end with an include of its own second part.
    for name, header in p.by_name.items():
        if name in p.reachable(header, p.includes_at_the_top):
            yield f"{name}: includes itself through others"


def light_headers(p):
    """no header includes <iostream>, <regex> or all of Boost.Hana"""
    for name, header in p.by_name.items():
        for heavy in ("iostream", "regex", "boost/hana.hpp"):
            if heavy in p.includes(header):
                yield f"{name}: includes <{heavy}>"


def umbrella(p):
    """an umbrella includes every header that needs no library but the standard one and Boost.Hana"""
    if "ramp/ramp.hpp" not in p.by_name:
        yield "include/ramp/ramp.hpp does not exist"
        return
    own = [f"ramp/{layer}.hpp" for layer in OWN_UMBRELLA if f"ramp/{layer}.hpp" in p.by_name]
    included = set(own).union(*(p.reachable(p.by_name[name]) for name in ["ramp/ramp.hpp", *own]))
    for name, header in p.by_name.items():
        needs_zlib = "zlib.h" in p.reachable(header)
        if name != "ramp/ramp.hpp" and (name in included) == needs_zlib:
            yield (f"an umbrella includes {name}, which needs zlib" if needs_zlib
                   else f"no umbrella includes {name}")
    for name in p.reachable(p.by_name["ramp/ramp.hpp"]):
        if name.removeprefix("ramp/").split("/")[0].removesuffix(".hpp") in OWN_UMBRELLA:
            yield f"ramp.hpp includes {name}, which has an umbrella of its own"


def long_headers(p):
    """a header of more than 300 lines says why it is long"""
    for header in p.headers:
        count = len(p.text[header].splitlines())
        if count > 300 and "Long, because" not in p.text[header]:
            yield f"{p.name(header)}: {count} lines, and nothing that begins with `Long, because`"


def sources_named(p):
    """every test source is named in the meson.build of its directory or one above it"""
    tests = p.root / "tests"
    for source in p.cpp:
        if tests not in source.parents or source.suffix != ".cpp":
            continue
        if source.relative_to(tests).parts[0] in ("compile_fail", "install"):
            continue
        builds = [d / "meson.build" for d in source.parents if d == tests or tests in d.parents]
        if not any(source.name in p.text.get(build, "") for build in builds):
            yield f"{p.name(source)} is named in no meson.build: it would never run"


def mirrored(p):
    """every header has a test of its own name, but for those which only include others"""
    for name, header in p.by_name.items():
        lines = (line.strip() for line in p.text[header].splitlines())
        has_code = any(line and not line.startswith(("#", "//")) for line in lines)
        test = p.root / "tests" / pathlib.Path(name).relative_to("ramp").with_suffix(".cpp")
        if has_code and not name.startswith(tuple(UNMIRRORED)) and test not in p.text:
            yield f"{name}: there is no {p.name(test)}"


def calls(p):
    """expr/calls.hpp and nn/calls.hpp say of every function of expressions how it is called"""
    hidden = re.compile(r"^namespace (ramp::)?detail \{.*?^\}  // namespace (ramp::)?detail$",
                        re.MULTILINE | re.DOTALL)
    function = re.compile(r"^(?:\[\[nodiscard\]\] )?constexpr auto (\w+)\(", re.MULTILINE)
    entry = re.compile(r"^constexpr auto (\w+)\(detail::any, \.\.\.\) \{\s*"
                       r"return detail::misuse<([^;]*)>\(T(?:\{\})?\.\.\.\); ?\s*\}$", re.MULTILINE)
    for layer in ("expr", "nn"):
        table = p.by_name.get(f"ramp/{layer}/calls.hpp")
        text = p.text.get(table, "")
        entries = {found[1]: found[2] for found in entry.finditer(text)}
        for name in set(function.findall(text)) - set(entries):
            yield f"{p.name(table)}: {name} is no entry of the table"
        for name, forms in entries.items():
            if not all(form.startswith((name + "(", name + "<"))
                       for form in re.findall(r'"((?:[^"\\]|\\.)*)"', forms)):
                yield f"{p.name(table)}: {name} shows calls of something else"
        functions = {}
        for header in p.headers:
            if header.parent.name == layer and header != table:
                for name in function.findall(hidden.sub("", p.text[header])):
                    functions[name] = header
        for name in sorted(set(functions) - set(entries) - NO_WRONG_TYPE):
            yield f"{p.name(functions[name])}: {name} is not in ramp/{layer}/calls.hpp"
        for name in sorted(set(entries) - set(functions)):
            yield f"{p.name(table)}: there is no function {name}"


def version(p):
    """meson.build and version.hpp name the same version"""
    stated = re.search(r"version: '([^']+)'", p.text[p.root / "meson.build"])[1]
    numbers = re.search(r"version\{(\d+), (\d+), (\d+)\}", p.text[p.by_name["ramp/version.hpp"]])
    if not numbers or ".".join(numbers.groups()) != stated:
        yield f"meson.build says {stated}, include/ramp/version.hpp does not"


RULES = [licence_line, line_length, unfinished, include_guard, macros, layer_order, include_style,
         no_cycles, light_headers, long_headers, umbrella, sources_named, mirrored, calls,
         version]


def main():
    p = project(pathlib.Path(sys.argv[1]).resolve())
    failed = 0
    for rule in RULES:
        faults = list(rule(p))
        failed += bool(faults)
        if faults:
            print(f"FAILED: {rule.__doc__}")
            for fault in faults[:40]:
                print(f"  {fault}")
    print(f"{len(RULES) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
