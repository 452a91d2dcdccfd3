// SPDX-License-Identifier: BSL-1.0
//
// Runs a command and prints the user time in seconds and the peak memory in megabytes of its
// largest process: a compiler's driver does nothing itself, so this is the compiler proper.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: measure COMMAND [ARGUMENT]...\n");
    return 2;
  }
  pid_t const child = fork();
  if (child < 0) {
    std::perror("fork");
    return 2;
  }
  if (child == 0) {
    execvp(argv[1], argv + 1);
    std::perror(argv[1]);
    _exit(127);
  }
  int status = 0;
  rusage usage{};
  if (wait4(child, &status, 0, &usage) < 0) {
    std::perror("wait4");
    return 2;
  }
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) return 1;
  std::printf("%.3f %.1f\n",
              static_cast<double>(usage.ru_utime.tv_sec) +
                  static_cast<double>(usage.ru_utime.tv_usec) * 1e-6,
              static_cast<double>(usage.ru_maxrss) / 1024.0);
}
