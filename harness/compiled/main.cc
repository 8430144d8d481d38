// The process of a compiled program: instead of its main() once, every execution of it.
//
// The C library's start-up code hands main() to __libc_start_main, which is ours; so the program's main() may have any
// of its shapes, and its static objects have been made by then, as ever.

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/single_threaded.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <sstream>

#include "harness/compiled/calls.h"
#include "harness/compiled/command.h"
#include "harness/compiled/program.h"

namespace {

doorway::compiled::MainFunction programs_main = nullptr;
std::atomic<bool> interrupted{false};

void OnInterrupt(int signal) {
  interrupted = true;
  std::signal(signal, SIG_DFL);
}

// What the program prints, it prints in each of its runs: it goes nowhere, unless it is asked for.
void SilenceProgram() {
  const int nowhere = open("/dev/null", O_WRONLY);
  if (nowhere < 0) return;
  dup2(nowhere, STDOUT_FILENO);
  close(nowhere);
}

int CheckAll(int argc, char** argv, char** environment) {
  __libc_single_threaded = 0;  // else shared_ptr counts without atomics: no thread of the C library's is ever started
  std::signal(SIGINT, &OnInterrupt);
  std::signal(SIGTERM, &OnInterrupt);
  const int output = dup(STDOUT_FILENO);
  doorway::compiled::Command command;
  std::string error;
  if (!command.Parse(&argc, argv, &error)) {
    std::cerr << error << "\n";
    return 2;
  }
  if (command.helps) {
    std::cout << doorway::compiled::Command::Help();
    return 0;
  }
  if (doorway::compiled::InstrumentedParts() < 2) {
    std::cerr << "nothing in this program is compiled to be explored: use explored_binary and explored_library, or "
                 "compile with -fsanitize=thread -include harness/compiled/redirect.h\n";
    return 2;
  }
  if (!command.prints) SilenceProgram();
  std::ostringstream text;
  const int status = command.Run({programs_main, argc, argv, environment}, &interrupted, text);
  std::fflush(stdout);
  const std::string all = text.str();
  for (std::size_t written = 0; written < all.size();) {
    const ssize_t count = write(output, all.data() + written, all.size() - written);
    if (count <= 0) break;
    written += static_cast<std::size_t>(count);
  }
  return status;
}

}  // namespace

extern "C" int __libc_start_main(doorway::compiled::MainFunction main, int argc, char** argv, void (*init)(),
                                 void (*fini)(), void (*rtld_fini)(), void* stack_end) {
  using Start = int(doorway::compiled::MainFunction, int, char**, void (*)(), void (*)(), void (*)(), void*);
  programs_main = main;
  const auto start = reinterpret_cast<Start*>(dlsym(RTLD_NEXT, "__libc_start_main"));
  return start(&CheckAll, argc, argv, init, fini, rtld_fini, stack_end);
}
