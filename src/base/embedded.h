// Files the build put into the binary (cmake/embed.cmake). They live as long as the program.
#pragma once

#include <span>
#include <string_view>

namespace trunkline {

struct EmbeddedFile {
  std::string_view name;  // below the embedded folder, with '/'
  std::string_view bytes;
};

}  // namespace trunkline
