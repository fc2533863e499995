#include "cli/interrupt.h"

#include <csignal>
#include <cstdlib>

namespace trunkline::cli {
namespace {

volatile std::sig_atomic_t interrupts =
    0;  // NOLINT(readability-identifier-naming): a signal handler has nothing else
bool stop = false;

void OnInterrupt(int signal) {
  interrupts = interrupts + 1;
  stop = true;
  if (interrupts > 1) std::_Exit(128 + signal);
}

}  // namespace

const bool* StopOnInterrupt() {
  std::signal(SIGINT, OnInterrupt);
  std::signal(SIGTERM, OnInterrupt);
  return &stop;
}

}  // namespace trunkline::cli
