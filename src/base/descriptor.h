// File descriptors that are closed once.
#pragma once

#include <unistd.h>

namespace trunkline {

// Closes it unless it is -1, which it is afterwards.
inline void CloseOne(int& descriptor) {
  if (descriptor >= 0) close(descriptor);
  descriptor = -1;
}

}  // namespace trunkline
