#include "cli/cli.h"

#include <cstdio>

namespace trunkline::cli {

int Main(int argc, char** argv) {
  (void)argc;
  (void)argv;
  std::fputs("trunkline 0.1.0\n", stdout);
  return 0;
}

}  // namespace trunkline::cli
