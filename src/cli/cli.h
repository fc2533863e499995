// The command line: argv -> exit code. 0 done, 1 found problems or failed, 2 wrong usage.
#pragma once

namespace trunkline::cli {

int Main(int argc, char** argv);

}  // namespace trunkline::cli
