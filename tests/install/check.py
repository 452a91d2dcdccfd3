#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""The ways into ramp, each tried by a program outside the project.

check.py PROJECT_DIRECTORY pkg-config|cmake|subproject|copy -- COMPILER ARGUMENT...
pkg-config and cmake use an installation in a fresh directory, moved after it was made; subproject
puts the project's files below a Meson project; copy takes include/ alone.
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

ENVIRONMENT = dict(os.environ, LC_ALL="C", CCACHE_DISABLE="1")
for variable in ("MESON_TESTTHREADS", "DESTDIR"):
    ENVIRONMENT.pop(variable, None)


def run(*command, **environment):
    done = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, errors="replace",
                          env={**ENVIRONMENT, **environment})
    if done.returncode != 0:
        print("$", *command)
        sys.exit("\n".join(done.stdout.splitlines()[-25:]))
    return done.stdout


def headers(directory):
    return sorted(h.relative_to(directory) for h in directory.rglob("*") if h.is_file())


def installation(root, folder, compiler):
    """An installed ramp, at another place than it was installed to."""
    build, made, moved = folder / "build", folder / "made", folder / "moved"
    run("meson", "setup", build, root, f"--prefix={made}", "-Dtests=disabled",
        "-Dexamples=disabled", "--datadir=share", "--includedir=include", CXX=compiler)
    run("meson", "install", "-C", build, "--quiet")
    made.rename(moved)
    if headers(root / "include") != headers(moved / "include"):
        sys.exit("the installed headers are not those of include/")
    return moved


def by_pkg_config(root, consumer, folder, compiler):
    prefix = installation(root, folder, compiler)
    found = folder / "moved/share/pkgconfig"
    flags = run("pkg-config", "--define-prefix", "--cflags", "--libs", "ramp >= 0.1.0",
                PKG_CONFIG_PATH=str(found)).split()
    if not any(str(prefix) in flag for flag in flags):
        sys.exit(f"pkg-config does not name {prefix}: {flags}")
    return [compiler, "-std=c++20", consumer / "main.cpp", *flags, "-o", folder / "consumer"]


def by_cmake(root, consumer, folder, compiler):
    prefix = installation(root, folder, compiler)
    run("cmake", "-G", "Ninja", "-S", consumer, "-B", folder / "consumer-build",
        f"-DCMAKE_PREFIX_PATH={prefix}", f"-DCMAKE_CXX_COMPILER={compiler}")
    run("cmake", "--build", folder / "consumer-build")
    return ["cp", folder / "consumer-build/consumer", folder / "consumer"]


def by_subproject(root, consumer, folder, compiler):
    project = folder / "project"
    shutil.copytree(consumer, project)
    shutil.copytree(root, project / "subprojects/ramp",
                    ignore=shutil.ignore_patterns(".git", "build", "build-*", "data"))
    run("meson", "setup", folder / "consumer-build", project, "--wrap-mode=forcefallback",
        CXX=compiler)
    if json.loads(run("meson", "introspect", folder / "consumer-build", "--tests")):
        sys.exit("the tests of ramp became tests of the program that uses it")
    run("ninja", "-C", folder / "consumer-build")
    return ["cp", folder / "consumer-build/consumer", folder / "consumer"]


def by_copy(root, consumer, folder, compiler):
    shutil.copytree(root / "include", folder / "include")
    return [compiler, "-std=c++20", consumer / "main.cpp", "-I", folder / "include", "-o",
            folder / "consumer"]


WAYS = {"pkg-config": by_pkg_config, "cmake": by_cmake, "subproject": by_subproject,
        "copy": by_copy}


def main():
    separator = sys.argv.index("--")
    root, way, compiler = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2], sys.argv[separator + 1]
    consumer = pathlib.Path(__file__).resolve().parent / "consumer"
    with tempfile.TemporaryDirectory() as directory:
        folder = pathlib.Path(directory)
        # CMake asks a compiler for its properties in a directory of a fixed name below this one:
        # ways that are tried at the same time would take it from each other
        os.chdir(folder)
        run(*WAYS[way](root, consumer, folder, compiler))
        print(run(folder / "consumer").strip(), "by", way)


if __name__ == "__main__":
    main()
