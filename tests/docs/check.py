#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""What the documentation shows is what the sources say and what the programs print.

check.py PROJECT_DIRECTORY [--update] -- COMPILER ARGUMENT...

A comment in front of a fenced block of README.md or docs/**/*.md says where the block is from:
  <!-- code: FILE -->            the file, or with FILE#NAME what stands between // [NAME] and
                                 // [/NAME] in it, all such parts joined; # instead of // in scripts
  <!-- output: FILE -->          what the program prints; with FILE#NAME its lines after [NAME]
  <!-- output: FILE, figures vary -->   the same, whatever the digits are
  <!-- error: FILE, g++ 12, 3 lines -->  the first lines of what this compiler says to a source that
                                 must not compile, wrapped; other compilers skip the block
A block of C++ without such a comment is a fault. docs/errors.md holds every message of the library, in
lines of the form > `` ramp: ... `` and no others, and every kind of run-time error. docs/reference.md names
every function that users call. Links to files and headings lead somewhere.
--update writes what is right into the files. Ends with `N passed, N failed`.
"""

import concurrent.futures
import difflib
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import textwrap

BLOCK = re.compile(r"(?:<!-- (?P<kind>code|output|error): (?P<source>.+?) -->\n)?"
                   r"^```(?P<language>\w*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Wshadow", "-Wconversion", "-Werror"]
ENVIRONMENT = dict(os.environ, LC_ALL="C", GCC_COLORS="", TERM="dumb", CCACHE_DISABLE="1")
MESSAGE = re.compile(r"^> `` (ramp.+) ``$", re.MULTILINE)
PUBLIC_LAYERS = ["expr", "nn", "optimize", "function", "train"]
DECLARATION = re.compile(r"(?:\[\[nodiscard\]\] )?(?:constexpr|inline) [^(=]*?\b(\w+)(?:\(|\{| =)")
HIDDEN = re.compile(r"(?:inline )?namespace (?:\w+::)*(?:detail|backend)\b")
NOT_CALLED_BY_USERS = {"get"}  # the tuple protocol


class fault(Exception):
    pass


def capture(*command, cwd):
    return subprocess.run([str(word) for word in command], cwd=cwd, env=ENVIRONMENT, text=True,
                          errors="replace", stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


class sources:
    """Text of regions, programs and errors, each computed once."""

    def __init__(self, root, compiler, folder, programs):
        self.root, self.compiler, self.folder = root, compiler, folder
        with concurrent.futures.ThreadPoolExecutor(int(os.environ.get("RAMP_JOBS") or 1)) as pool:
            self.run_of = dict(zip(programs, pool.map(self.run, programs)))

    def code(self, where):
        name, _, region = where.partition("#")
        lines = (self.root / name).read_text().splitlines()
        if region:
            mark = re.compile(rf"^\s*(?://|#) \[(/?){re.escape(region)}\]$")
            parts, inside = [], False
            for line in lines:
                found = mark.match(line)
                if found:
                    inside = not found[1]
                    parts += [[]] if inside else []
                elif inside:
                    parts[-1].append(line)
            if not parts:
                raise fault(f"{name} has no region [{region}]")
            lines = "\n".join(textwrap.dedent("\n".join(part)) for part in parts).splitlines()
        else:
            lines = [line for line in lines if "SPDX-License-Identifier" not in line]
        lines = [line for line in lines if not re.match(r"^\s*(//|#) \[/?[\w-]+\]$", line)]
        return "\n".join(lines).strip("\n") + "\n"

    def run(self, name):
        """What a program prints, and what is wrong with it."""
        program = self.folder / pathlib.Path(name).stem
        built = capture(*self.compiler, *WARNINGS, "-I", self.root / "include", self.root / name,
                        "-o", program, "-lz", cwd=self.root)
        if built.returncode != 0:
            return "", f"{name} does not compile:\n" + built.stdout[:2000]
        run = capture(program, cwd=self.root)
        wrong = f"{name} ends with exit status {run.returncode}:\n{run.stdout}"
        return run.stdout, wrong if run.returncode != 0 else ""

    def output(self, where):
        name, _, part = where.partition("#")
        text, wrong = self.run_of[name]
        if wrong:
            raise fault(wrong)
        if part:
            found = re.search(rf"^\[{re.escape(part)}\]\n(.*?)(?=^\[[\w-]+\]$|\Z)", text,
                              re.MULTILINE | re.DOTALL)
            if not found:
                raise fault(f"{name} prints nothing after [{part}]")
            text = found[1]
        return "\n".join(line.rstrip() for line in text.strip("\n").splitlines()) + "\n"

    def error(self, where):
        name, compiler, count = where.split(", ")
        version = capture(*self.compiler, "--version", cwd=self.root).stdout.splitlines()[0]
        family = "clang++" if "clang" in version else "g++"
        number = re.search(r"(\d+)\.\d+\.\d+", version)[1]
        if compiler != f"{family} {number}":
            return None
        run = capture(*self.compiler[:1], "-std=c++20", "-Iinclude", "-fsyntax-only", name,
                      cwd=self.root)
        if run.returncode == 0:
            raise fault(f"{name} compiles")
        lines = run.stdout.splitlines()[:int(count.split()[0])]
        return "\n".join(textwrap.fill(line, 98, subsequent_indent="    ", break_on_hyphens=False,
                                       break_long_words=False) for line in lines) + "\n"


def agrees(kind, source, shown, true):
    mask = None
    if kind == "error":  # whatever the place of the check in its header
        mask = lambda text: re.sub(r":\d+(:\d+)?", "", text)
    elif "figures vary" in source:
        mask = lambda text: re.sub(r" *\d[\d.,]*", " 0", text)
    return mask(shown) == mask(true) if mask else shown == true


def check_blocks(file, text, found, update):
    """The text with every block as it should be, and the names of those that are not."""
    faults, count = [], 0

    def one(match):
        nonlocal count
        kind, source, shown = match["kind"], match["source"], match["text"]
        line = text.count("\n", 0, match.start()) + 1
        if kind is None:
            if match["language"] in ("cpp", "c++"):
                count += 1
                faults.append(f"{file}:{line}: C++ that is from no file")
            return match[0]
        count += 1
        try:
            true = getattr(found, kind)(source.removesuffix(", figures vary"))
        except (fault, OSError) as what:
            faults.append(f"{file}:{line}: {what}")
            return match[0]
        if true is None or agrees(kind, source, shown, true):
            return match[0]
        if update:
            return match[0].replace(f"\n{shown}```", f"\n{true}```") if shown else (
                match[0][:-3] + true + "```")
        difference = difflib.unified_diff(shown.splitlines(), true.splitlines(), "shown", source,
                                          lineterm="", n=1)
        faults.append(f"{file}:{line}: differs from {source}\n" + "\n".join(difference))
        return match[0]

    return BLOCK.sub(one, text), faults, count


def anchors(text):
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
            for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}


def check_links(root, file, text):
    for link in re.findall(r"\]\(([^):\s]+)\)", text):
        target, _, anchor = link.partition("#")
        path = (root / file).parent / target if target else root / file
        if not path.exists() or (anchor and anchor not in anchors(path.read_text())):
            yield f"{file}: the link to {link} leads nowhere"


def messages_of_library(root):
    """Every literal that begins with `ramp: ` or stands after #error, its pieces joined."""
    literal = re.compile(r'"((?:[^"\\]|\\.)*)"\s*')
    for header in sorted((root / "include").rglob("*.hpp")):
        text = header.read_text()
        for start in re.finditer(r'"ramp: |(?<=#error )"', text):
            at, message = start.start(), ""
            while piece := literal.match(text, at):
                message += piece[1]
                at = piece.end()
            yield message.replace('\\"', '"')


def kinds_of_errors(root):
    for header in ("core/result.hpp", "io/file_error.hpp"):
        kinds = re.search(r"enum class \w*error_kind .*?\{(.*?)^\};",
                          (root / "include/ramp" / header).read_text(), re.MULTILINE | re.DOTALL)
        yield from re.findall(r"^  (\w+),", kinds[1], re.MULTILINE)


def check_messages(root, update):
    path = root / "docs/errors.md"
    text = path.read_text()
    library, shown = list(dict.fromkeys(messages_of_library(root))), MESSAGE.findall(text)
    missing = [m for m in library if m not in shown]
    stale = [m for m in shown if m not in library]
    for old in list(stale):
        near = difflib.get_close_matches(old, missing, 1, 0.6)
        if near and update:
            text = text.replace(f"> `` {old} ``", f"> `` {near[0]} ``")
            stale.remove(old)
            missing.remove(near[0])
    if update:
        path.write_text(text)
    faults = [f"docs/errors.md lacks: {m}" for m in missing]
    faults += [f"docs/errors.md has what no header says: {m}" for m in stale]
    faults += [f"docs/errors.md has twice: {m}" for m in set(shown) if shown.count(m) > 1]
    kinds = list(kinds_of_errors(root))
    faults += [f"docs/errors.md lacks the kind {k}" for k in kinds if f"| `{k}` |" not in text]
    return faults, len(library) + len(kinds)


def public_functions(root):
    """Names of functions and constants at the level of a namespace that is not hidden."""
    for layer in PUBLIC_LAYERS:
        for header in sorted((root / "include/ramp" / layer).glob("*.hpp")):
            depth, hidden_at = 0, None
            for line in header.read_text().splitlines():
                if hidden_at is None and HIDDEN.match(line):
                    hidden_at = depth
                if hidden_at is None and (found := DECLARATION.match(line)):
                    yield found[1]
                depth += line.count("{") - line.count("}")
                if depth == hidden_at:
                    hidden_at = None


def check_reference(root):
    names = set(public_functions(root)) - NOT_CALLED_BY_USERS
    text = (root / "docs/reference.md").read_text()
    missing = sorted(n for n in names if not re.search(rf"\b{n}\b", text))
    return [f"docs/reference.md lacks {n}" for n in missing], len(names)


def main():
    separator = sys.argv.index("--")
    root, compiler = pathlib.Path(sys.argv[1]).resolve(), sys.argv[separator + 1:]
    update = "--update" in sys.argv[:separator]
    faults, count = [], 0
    with tempfile.TemporaryDirectory() as folder:
        files = [root / "README.md", *sorted((root / "docs").rglob("*.md"))]
        printing = {re.split("[#,]", block["source"])[0] for path in files
                    for block in BLOCK.finditer(path.read_text()) if block["kind"] == "output"}
        found = sources(root, compiler, pathlib.Path(folder), sorted(printing))
        for path in files:
            file, text = str(path.relative_to(root)), path.read_text()
            right, wrong, blocks = check_blocks(file, text, found, update)
            if update and right != text:
                path.write_text(right)
            links = list(check_links(root, file, right))
            faults += [*wrong, *links]
            count += blocks + 1
        shown = "".join(path.read_text() for path in files)
        for snippet in sorted((root / "docs/snippets").glob("*.cpp")):
            count += 1
            if f"docs/snippets/{snippet.name}" not in shown:
                faults.append(f"docs/snippets/{snippet.name} is shown nowhere")
    for wrong, things in (check_messages(root, update), check_reference(root)):
        faults += wrong
        count += things
    print("\n".join(faults))
    print(f"{count - min(count, len(faults))} passed, {len(faults)} failed")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
