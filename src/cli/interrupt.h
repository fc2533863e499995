// Ctrl-C (and SIGTERM) as a wish: what is under way is finished, nothing new is started. A second
// one ends the program at once.
#pragma once

namespace trunkline::cli {

// From the call on signals set the flag that is returned; it lives as long as the program, and is
// set on the main thread.
const bool* StopOnInterrupt();

}  // namespace trunkline::cli
