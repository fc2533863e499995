// The program's entry: builds the world and hands over to the command line.
#include "cli/cli.h"

int main(int argc, char** argv) {
  return trunkline::cli::Main(argc, argv);
}
